"""What is to be true before a conversation begins, brought about through the domain's own doors."""

from collections.abc import Callable

from credentials.evidence import (
    Judgement,
    Outcome,
    answer_in_words,
    choose_name,
    judge_criterion,
    open_submission,
    send_submission,
)
from credentials.issuing import IssuedBadge, begin_submission, decide_submission, list_badges
from credentials.pathways import choose_goal, choose_hours, hear, say_nothing_yet
from credentials.people import Role, accept_invitation, invite_staff, set_zone
from credentials.reminders import local_now, parse_rule, set_reminder
from credentials.unit_of_work import Work
from tests.journeys.conversations import Player, person_of
from tests.worlds import Phone

ANALYST, RECORDS, NURSE, FRAUD = "15-2051.01", "29-2072.00", "29-1141.00", "13-2099.04"
SQL, SHEETS, KYC = "sql-foundations", "spreadsheet-analysis", "kyc-and-aml-basics"
DAY = 86_400  # seconds
WORDS = "I did this in my own project and can explain how, step by step."
JARGON = "Please explain the result without technical words."


class Scene:
    """One conversation's phone and the people around it, told what they have done before."""

    def __init__(self, player: Player, phone: Phone, advisor: Phone) -> None:
        self.player, self.phone, self.advisor = player, phone, advisor

    def do(self, *deeds: Callable[[Work, str], object]) -> None:
        """Let the phone's person have begun and done this, in one transaction."""
        self.player.say("/start")
        with self.player.institution.begin() as work:
            person_id = person_of(work, self.phone)
            set_zone(work, person_id, "Europe/Berlin")
            for deed in deeds:
                deed(work, person_id)
        self.player.settle()

    def pass_days(self, days: float) -> None:
        self.phone.post("clock", {"advance": int(days * DAY)})

    def judged(self, code: str, *, name: str | None = "Ana Ruiz") -> Callable[[Work, str], object]:
        """Work for a micro-credential, sent and approved: its badge."""
        return lambda work, person: self._judge(work, person, code, name, 3)

    def rejected(self, code: str) -> Callable[[Work, str], object]:
        """Work whose last point was judged "not yet", and then rejected."""
        return lambda work, person: self._judge(work, person, code, None, 2)

    def _judge(self, work: Work, person: str, code: str, name: str | None, met: int) -> None:
        submission_id = send(work, person, code, name)
        advisor_id = person_of(work, self.advisor)
        step = open_submission(work, advisor_id=advisor_id, submission_id=submission_id)
        while step.current is not None:
            is_met = step.current.index < met
            step = judge_criterion(
                work,
                advisor_id=advisor_id,
                submission_id=submission_id,
                index=step.current.index,
                result=Judgement.MET if is_met else Judgement.NOT_YET,
                comment=None if is_met else JARGON,
            )
        outcome = Outcome.ACCEPTED if met == 3 else Outcome.REJECTED
        decide_submission(work, advisor_id=advisor_id, submission_id=submission_id, outcome=outcome)


def aims(code: str, *, hours: float = 5, can: str | None = None) -> Callable[[Work, str], object]:
    """A pathway: the goal, what they said they can do, and hours a week."""

    def deed(work: Work, person: str) -> None:
        choose_goal(work, person_id=person, code=code)
        if can is None:
            say_nothing_yet(work, person_id=person)
        else:
            hear(work, person_id=person, text=can)
        choose_hours(work, person_id=person, hours=hours)

    return deed


def collects(code: str, count: int = 0) -> Callable[[Work, str], object]:
    """Evidence is open, with words for the first `count` criteria."""

    def deed(work: Work, person: str) -> None:
        begin_submission(work, person_id=person, achievement_code=code)
        for _ in range(count):
            answer_in_words(work, person_id=person, text=WORDS)

    return deed


def sends(code: str) -> Callable[[Work, str], object]:
    return lambda work, person: send(work, person, code, None)


def reminded(*rules: str) -> Callable[[Work, str], object]:
    def deed(work: Work, person: str) -> None:
        for rule in rules:
            now = local_now(work, person_id=person)
            set_reminder(work, person_id=person, rule=parse_rule(rule, now=now))

    return deed


def send(work: Work, person: str, code: str, name: str | None) -> str:
    """Work with words for each criterion, sent; its number."""
    step = begin_submission(work, person_id=person, achievement_code=code)
    number = step.submission.submission_id
    for _ in step.submission.criteria:
        answer_in_words(work, person_id=person, text=WORDS)
    choose_name(work, person_id=person, name=name, submission_id=number)
    send_submission(work, person_id=person, submission_id=number)
    return number


def make_advisor(player: Player, phone: Phone) -> None:
    with player.institution.begin() as work:
        person_id = person_of(work, phone)
        token = invite_staff(work, role=Role.ADVISOR).token
        accept_invitation(work, person_id=person_id, token=token)


def latest_badge(player: Player, phone: Phone) -> IssuedBadge:
    with player.institution.begin() as work:
        return list_badges(work, person_id=person_of(work, phone))[0]


def _shown(scene: Scene) -> None:
    """The person has their pathway, or what they are in the middle of, before their eyes."""
    scene.player.say("/start")


def _path(goal: str, **known: object) -> Callable[[Scene], None]:
    def given(scene: Scene) -> None:
        scene.do(aims(goal, **known))
        _shown(scene)

    return given


def _open(goal: str, code: str, count: int = 0) -> Callable[[Scene], None]:
    def given(scene: Scene) -> None:
        scene.do(aims(goal), collects(code, count))
        _shown(scene)

    return given


def _reminded(*rules: str, goal: str = ANALYST, hours: float = 6) -> Callable[[Scene], None]:
    def given(scene: Scene) -> None:
        scene.do(aims(goal, hours=hours), reminded(*rules))
        _shown(scene)

    return given


def _badges(*codes: str, name: str = "Ana Ruiz") -> Callable[[Scene], None]:
    def given(scene: Scene) -> None:
        scene.do(*(scene.judged(code, name=name) for code in codes))

    return given


def _nurse_with_badge(scene: Scene) -> None:
    scene.do(aims(NURSE, hours=4), scene.judged("health-data-quality"))
    _shown(scene)


def _waiting_for_days(scene: Scene) -> None:
    scene.do(aims(ANALYST, hours=4), scene.judged(SHEETS), sends(SQL))
    scene.pass_days(4)


def _just_reminded(scene: Scene) -> None:
    scene.do(aims(ANALYST), reminded("every day at 12:00"))
    scene.pass_days(0.8)  # noon of the day after, or later: the reminder comes; then the evening
    scene.phone.wait(lambda message: "Later" in message.labels)
    scene.player.settle()


def _two_reminders(scene: Scene) -> None:
    scene.do(
        aims(ANALYST),
        reminded("every sunday at 10:00", "in 3 days at 18:00"),
        sends(SQL),
    )


def _leaving(scene: Scene) -> None:
    scene.do(aims(ANALYST), scene.judged(SQL), reminded("every sunday at 10:00"))


def _rejected(scene: Scene) -> None:
    scene.do(aims(ANALYST), scene.rejected(SQL))
    scene.pass_days(3)


def _nothing(scene: Scene) -> None:
    """A new person."""


GIVEN: dict[str, Callable[[Scene], None]] = {
    "c11-compare": _path(ANALYST),
    "c12-too-expensive": _path(ANALYST),
    "c13-new-career": _nurse_with_badge,
    "c15-three-criteria": _path(ANALYST, can="I know some SQL from a course"),
    "c16-wrong-one-withdraw": _open(RECORDS, "health-data-quality"),
    "c17-resume-next-day": _path(ANALYST),
    "c18-made-together": _open(ANALYST, SQL, 3),
    "c19-patient-names": _open(RECORDS, "privacy-in-health-records"),
    "c20-refuse-and-cancel": _path(RECORDS),
    "c21-where-do-i-stand": _waiting_for_days,
    "c22-finished-course": _path(FRAUD),
    "c23-behind-schedule": _reminded("every sunday at 10:00"),
    "c24-every-other-tuesday": _path(ANALYST),
    "c25-change-reminder": _path(ANALYST),
    "c26-snooze": _just_reminded,
    "c27-stop-reminders": _two_reminders,
    "c28-stopping-everything": _leaving,
    "c29-linkedin": _badges(SQL, SHEETS),
    "c30-interview": _badges(SQL),
    "c31-lost-badge": _badges(SQL, name="Ana Riuz"),
    "c39-rejected-appeal": _rejected,
}
