"""Where somebody wants to work is kept beside the job."""

from credentials.pathways import find_profile, hear
from credentials.people import register_person

SAID = {
    "I want to become a safety coordinator in construction": "trades",
    "I want to become an accountant in education": "education",
    "I want to become a data analyst in retail": "business",
    "I want to become a data analyst in a hospital": "healthcare",
    "I want to become a data analyst": None,
}


def test_the_field_of_the_employer_is_heard(stocked):
    with stocked.begin() as work:
        heard = {}
        for number, text in enumerate(SAID, 1):
            person = register_person(
                work, telegram_user_id=number, chat_id=number, first_name="Ana", language_code="en"
            )
            hear(work, person_id=person.person_id, text=text)
            heard[text] = find_profile(work, person_id=person.person_id).setting
    assert heard == SAID
