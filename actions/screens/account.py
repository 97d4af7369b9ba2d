"""Screens of one's account: settings, data, roles, questions to a person."""

from typing import Self

from actions.screens.base import LanguageMap, Screen, register
from credentials.people import ANSWER_WITHIN, Person, Question
from credentials.rights import ErasureNotice


@register
class Settings(Screen):
    """What is kept about how to talk to somebody. `reminders_on` is false after `/stop`."""

    language: str
    zone: str
    zone_is_known: bool
    reminders_on: bool
    badge_name: str | None

    @classmethod
    def of(cls, person: Person) -> Self:
        return cls(
            language=person.language,
            zone=person.zone,
            zone_is_known=person.zone_is_known,
            reminders_on=person.proactive,
            badge_name=person.badge_name,
        )


@register
class AskSettingsZone(Screen):
    """Which zone the person lives in, from the settings."""

    is_unclear: bool = False


@register
class AskBadgeName(Screen):
    """The name badges may carry."""

    badge_name: str | None


@register
class Stopped(Screen):
    """Nothing is written unasked any more; `resting` reminders are kept."""

    resting: int


@register
class Resumed(Screen):
    """Writing unasked is allowed again; `coming` reminders."""

    coming: int


@register
class DataExport(Screen):
    """Everything kept about the person, as a file."""

    person_id: str


@register
class DeleteConfirm(Screen):
    """What deleting does: how many badges stay on record, which roles end."""

    badges: int
    submissions: int
    roles: tuple[str, ...]

    @classmethod
    def of(cls, notice: ErasureNotice) -> Self:
        return cls(badges=notice.badges, submissions=notice.submissions, roles=notice.roles)


@register
class Deleted(Screen):
    """It is done; `badges` stay on record without a name."""

    badges: int


@register
class DeleteKept(Screen):
    """Nothing was deleted."""


@register
class Cancelled(Screen):
    """What was begun has ended; `kind` is the draft's, None when nothing was begun."""

    kind: str | None


@register
class InvitationOffer(Screen):
    """An invitation to a role, to be confirmed."""

    role: str
    token: str
    institution: str


@register
class StaffWelcome(Screen):
    """The role is theirs. `questions` of learners wait."""

    role: str
    questions: int


@register
class InvitationDeclined(Screen):
    """The invitation stays unused."""


@register
class AskQuestion(Screen):
    """What to ask a person; the next text is the question."""

    days: int = ANSWER_WITHIN.days


@register
class AskAppeal(Screen):
    """What was judged wrongly; the next text goes to the advisors. `title` of the work decided on."""

    title: LanguageMap | None
    days: int = ANSWER_WITHIN.days


@register
class QuestionSent(Screen):
    """An advisor has it, or nobody yet (`advisors` is 0)."""

    advisors: int
    days: int = ANSWER_WITHIN.days

    @classmethod
    def of(cls, question: Question) -> Self:
        return cls(advisors=question.advisors)


@register
class QuestionForAdvisor(Screen):
    """A learner's words, for an advisor."""

    question_id: str
    question: str
    asked_at: str


@register
class AskAnswer(Screen):
    """The next text is the answer to this question."""

    question_id: str
    question: str

    @classmethod
    def of(cls, question: Question) -> Self:
        return cls(question_id=question.question_id, question=question.text)


@register
class AnswerSent(Screen):
    """The learner gets the answer."""


@register
class QuestionAnswered(Screen):
    """An advisor's answer, for whoever asked."""

    question: str
    answer: str
