"""People: who somebody is to the institution, their roles, language, zone and consents."""

from credentials.people.persons import (
    Person,
    chat_of,
    find_person,
    mark_unreachable,
    register_person,
    set_badge_name,
    set_language,
    set_proactive,
    set_zone,
)
from credentials.people.questions import (
    ANSWER_WITHIN,
    Question,
    TooManyQuestionsError,
    answer_question,
    ask_question,
    find_question,
    hand_over_waiting,
)
from credentials.people.roles import (
    Invitation,
    InvitationError,
    Role,
    accept_invitation,
    find_invitation,
    invite_staff,
    require_role,
    staff_with_role,
)
from credentials.people.zones import city_of, find_zone

__all__ = [
    "ANSWER_WITHIN",
    "Invitation",
    "InvitationError",
    "Person",
    "Question",
    "Role",
    "TooManyQuestionsError",
    "accept_invitation",
    "answer_question",
    "ask_question",
    "chat_of",
    "city_of",
    "find_invitation",
    "find_person",
    "find_question",
    "find_zone",
    "hand_over_waiting",
    "invite_staff",
    "mark_unreachable",
    "register_person",
    "require_role",
    "set_badge_name",
    "set_language",
    "set_proactive",
    "set_zone",
    "staff_with_role",
]
