"""Draws what the bot says unasked. `told` picks the wording, never the same twice running."""

from actions.screens import screen_from
from actions.screens.reminders import (
    CriteriaChangedNudge,
    GoalChangedNudge,
    NewCredentialNudge,
    NextStepNudge,
    Nudges,
    QueueNudge,
    RenewalNudge,
    ReturnedNudge,
    StudyNudge,
    WeeklyDigest,
)
from bot.telegram.screens.drawing import Button, Drawn, button, draw, draws, lines, paragraphs
from bot.texts import Say

VARIANTS = 3
STUDY_VARIANTS = 4
LONGEST = 600  # characters of several nudges in one message
ROWS = 3


@draws(StudyNudge)
def draw_study_nudge(screen: StudyNudge, say: Say) -> Drawn:
    is_once = screen.kind == "once"
    key = "once-nudge" if is_once else f"study-nudge-{screen.told % STUDY_VARIANTS}"
    return Drawn(say(key), ((_next_step(say),), later_or_never(screen.reminder_id, say)))


@draws(RenewalNudge)
def draw_renewal_nudge(screen: RenewalNudge, say: Say) -> Drawn:
    text = paragraphs(
        say(_variant("renewal-nudge", screen.told), title=screen.title, date=say.date(screen.ends)),
        say("renewal-path", text=screen.path) if screen.path else None,
    )
    renew = button(say.plain("button-renew"), "prove", screen.code)
    badge = button(say.plain("button-the-badge"), "badge", screen.badge_id)
    return Drawn(text, ((renew, badge), later_or_never(screen.reminder_id, say)))


@draws(ReturnedNudge)
def draw_returned_nudge(screen: ReturnedNudge, say: Say) -> Drawn:
    text = say(_variant("returned-nudge", screen.told), title=screen.title, missing=screen.missing)
    go_on = button(say.plain("button-go-on"), "prove", screen.code)
    return Drawn(text, ((go_on,), later_or_never(screen.reminder_id, say)))


@draws(NextStepNudge)
def draw_next_step_nudge(screen: NextStepNudge, say: Say) -> Drawn:
    if screen.begun:
        text = say("next-step-nudge-begun", title=screen.begun)
    else:
        text = say(_variant("next-step-nudge", screen.told), goal=screen.goal)
    return Drawn(text, ((_next_step(say),), later_or_never(screen.reminder_id, say)))


@draws(WeeklyDigest)
def draw_weekly_digest(screen: WeeklyDigest, say: Say) -> Drawn:
    text = lines(
        say("weekly-digest"),
        say("digest-badges", count=screen.badges) if screen.badges else None,
        say("digest-waiting", count=screen.waiting) if screen.waiting else None,
        say("digest-returned", count=screen.returned) if screen.returned else None,
        say("digest-collecting", count=screen.collecting) if screen.collecting else None,
        say("digest-goal", goal=screen.goal) if screen.goal else None,
    )
    return Drawn(text, ((_next_step(say),), later_or_never(screen.reminder_id, say)))


@draws(NewCredentialNudge)
def draw_new_credential_nudge(screen: NewCredentialNudge, say: Say) -> Drawn:
    text = say(
        "new-credential-nudge",
        title=screen.title,
        goal=screen.goal,
        hours=say.number(screen.hours),
    )
    look = button(say.plain("button-look"), "credential", screen.code)
    return Drawn(text, ((look,), later_or_never(screen.reminder_id, say)))


@draws(CriteriaChangedNudge)
def draw_criteria_changed_nudge(screen: CriteriaChangedNudge, say: Say) -> Drawn:
    until = say("criteria-changed-until", date=say.date(screen.ends)) if screen.ends else None
    text = paragraphs(
        say("criteria-changed-nudge", title=screen.title, count=screen.count, first=screen.first),
        until or say("criteria-changed-stays"),
    )
    look = button(say.plain("button-look"), "credential", screen.code)
    return Drawn(text, ((look,), later_or_never(screen.reminder_id, say)))


@draws(GoalChangedNudge)
def draw_goal_changed_nudge(screen: GoalChangedNudge, say: Say) -> Drawn:
    text = say("goal-changed-nudge", goal=screen.goal, count=screen.count, first=screen.first)
    path = button(say.plain("button-see-path"), "meant", "ask_recommendation")
    return Drawn(text, ((path,), later_or_never(screen.reminder_id, say)))


@draws(QueueNudge)
def draw_queue_nudge(screen: QueueNudge, say: Say) -> Drawn:
    text = paragraphs(
        say("people-waiting", count=screen.people) if screen.people else None,
        say("queue-nudge", count=screen.count, days=screen.days) if screen.count else None,
        say("queue-nudge-late", count=screen.late) if screen.late else None,
    )
    hour = button(say.plain("button-another-hour"), "remind_hours", screen.reminder_id)
    stop = button(say.plain("button-stop-reminder"), "remind_stop", screen.reminder_id)
    if not screen.may_judge:
        return Drawn(text, ((hour, stop),))
    people = (button(say.plain("button-people"), "people"),) if screen.people else ()
    queue = (button(say.plain("button-queue"), "meant", "review"),) if screen.count else ()
    return Drawn(text, ((*people, *queue), (hour, stop)))


@draws(Nudges)
def draw_nudges(screen: Nudges, say: Say) -> Drawn:
    """Several at once: as many whole as fit, each with its first row of buttons."""
    drawn = [draw(screen_from(part.screen, part.args), say) for part in screen.parts]
    texts: list[str] = []
    for one in drawn:
        if texts and sum(map(len, texts)) + len(one.text) > LONGEST:
            break
        texts.append(one.text)
    left = len(drawn) - len(texts)
    shown = drawn[: len(texts)]
    rows = _distinct([one.rows[0] for one in shown][:ROWS])
    more = say("nudges-more", count=left) if left else None
    return Drawn(paragraphs(*texts, more), (*rows, drawn[0].rows[-1]))


def later_or_never(reminder_id: str, say: Say) -> tuple[Button, ...]:
    """Put it off, or end it, with one tap."""
    return (
        button(say.plain("button-snooze"), "snooze_ask", reminder_id),
        button(say.plain("button-stop-reminder"), "remind_stop", reminder_id),
    )


def _variant(key: str, told: int) -> str:
    return f"{key}-{told % VARIANTS}"


def _next_step(say: Say) -> Button:
    return button(say.plain("button-next-step"), "meant", "ask_progress")


def _distinct(rows: list[tuple[Button, ...]]) -> tuple[tuple[Button, ...], ...]:
    """Two nudges may lead to the same place."""
    return tuple(dict.fromkeys(rows))
