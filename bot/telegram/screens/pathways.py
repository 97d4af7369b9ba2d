"""Draws advice: the way, its reasons, a credential, where one stands."""

from markupsafe import Markup

from actions.screens.base import LanguageMap
from actions.screens.pathways import (
    CostAnswer,
    LooserLimit,
    PathwayCard,
    ProgressCard,
    StepLine,
    WholePathway,
)
from bot.telegram.screens.credential import finished_button
from bot.telegram.screens.drawing import Button, Drawn, button, draws, lines, paragraphs
from bot.telegram.screens.intake import capital, heard_line
from bot.telegram.screens.words import ask_person, meant, menu_button
from bot.texts import Say

HINT = 170  # characters
ROOM = 680  # characters of a card, tags apart, up to which a hint about limits still has room


@draws(PathwayCard)
def draw_pathway(screen: PathwayCard, say: Say) -> Drawn:
    first, *later = screen.steps or (None,)
    text = paragraphs(
        lines(
            say("pathway-goal", job=_job(screen.job, say), setting=screen.setting or "none"),
            heard_line(screen.heard, say, screen.noted),
        ),
        say(
            "pathway-gap",
            asked=screen.asked,
            has=screen.has,
            partly=screen.partly,
            open=screen.asked - screen.has - screen.partly,
        ),
        _lent(screen.lenders, say),
        _first(first, say) if first else _nothing(screen, say),
        lines(*(_later(step, place, say) for place, step in enumerate(later))) if later else None,
        say("licensed", sentence=screen.licensed) if screen.licensed else None,
    )
    if first and screen.looser and len(text.striptags()) <= ROOM - HINT:
        text = paragraphs(text, _looser_hint(screen.looser[0], say))
    return Drawn(text, tuple(row for row in _pathway_rows(screen, first, later, say) if row))


@draws(WholePathway)
def draw_whole(screen: WholePathway, say: Say) -> Drawn:
    steps = [
        say("whole-step", number=number, title=step.title, length=step_length(step, say))
        for number, step in enumerate(screen.steps, 1)
    ]
    gaps = [say("whole-gap", skill=gap.skill, have=gap.have, need=gap.need) for gap in screen.gaps]
    text = paragraphs(
        say("whole", job=_job(screen.job, say)),
        lines(*steps),
        say(
            "whole-sum",
            hours=say.number(screen.hours),
            cost=say.money(screen.amount, screen.currency) if screen.amount else "",
            free="no" if screen.amount else "yes",
        ),
        lines(say("whole-gaps"), *gaps) if gaps else None,
    )
    rows = [
        (button(say.words(step.title), "prove" if step.is_provable else "credential", step.code),)
        for step in screen.steps
    ]
    return Drawn(text, (*rows, (button(say.plain("button-my-path"), "way"),)))


@draws(CostAnswer)
def draw_cost(screen: CostAnswer, say: Say) -> Drawn:
    known = [say("cost-line", title=step.title, cost=_cost(step, say)) for step in screen.steps]
    text = paragraphs(
        say("cost-general", free=screen.free, total=screen.total),
        lines(say("cost-path"), *known) if known else None,
    )
    row = (
        (button(say.plain("button-my-path"), "way"),) if known else (meant(say, "set_career_goal"),)
    )
    return Drawn(text, (row,))


@draws(ProgressCard)
def draw_progress(screen: ProgressCard, say: Say) -> Drawn:
    badges = say.listed([say.words(one.title) for one in screen.badges])
    waiting = say.listed([say.words(title) for title in screen.waiting])
    text = paragraphs(
        _standing(screen, say),
        lines(
            say("progress-badges", count=len(screen.badges), titles=badges) if badges else None,
            say("progress-waiting", titles=waiting) if waiting else None,
            *(
                say("progress-studying", title=one.title, day=say.day(one.since))
                for one in screen.studying
            ),
        ),
        _next(screen, say),
    )
    return Drawn(text, _progress_rows(screen, say))


def _standing(screen: ProgressCard, say: Say) -> Markup:
    if screen.job is None:
        return say("progress-no-goal")
    return say(
        "progress",
        job=_job(screen.job, say),
        asked=screen.asked,
        has=screen.has,
        shown=screen.shown,
    )


def _next(screen: ProgressCard, say: Say) -> Markup | None:
    if screen.begun is not None:
        key = "progress-returned" if screen.is_returned else "progress-begun"
        return say(key, title=screen.begun)
    if screen.next_step is not None:
        key = "progress-prove" if screen.next_step.is_provable else "progress-next"
        return say(key, title=screen.next_step.title, length=step_length(screen.next_step, say))
    return say("progress-done") if screen.job else None


def _progress_rows(screen: ProgressCard, say: Say) -> tuple[tuple[Button, ...], ...]:
    mine = button(say.plain("button-my-badges"), "badges")
    if screen.begun_code is not None:
        first: tuple[Button, ...] = (button(say.plain("button-go-on"), "prove", screen.begun_code),)
    elif screen.studying:
        one = screen.studying[0]
        first = (finished_button(one.code, is_awarded_here=one.is_awarded_here, say=say),)
    elif screen.next_step is not None:
        first = (step_button(screen.next_step, say),)
    else:
        first = (meant(say, "set_career_goal"),)
    path = button(say.plain("button-my-path"), "way")
    second = (path, mine) if screen.job is not None else (mine, menu_button(say))
    return first, second


def _lent(lenders: tuple[LanguageMap, ...], say: Say) -> Markup | None:
    """Whose needs stand in for those of a job that nobody rated."""
    titles = say.listed([say.words(title) for title in lenders])
    return say("pathway-lent", titles=titles) if titles else None


def _nothing(screen: PathwayCard, say: Say) -> Markup:
    """Why there is no step, and which limit would have to give."""
    if not screen.looser:
        return say("pathway-none" if screen.asked else "pathway-no-needs")
    found = [
        say("looser-nothing", what=looser(one, say), title=one.titles[-1]) for one in screen.looser
    ]
    return lines(say("pathway-tight"), *found)


def _looser_hint(one: LooserLimit, say: Say) -> Markup:
    return say(
        "looser-more",
        what=looser(one, say),
        titles=say.listed([say.words(title) for title in one.titles]),
        more=one.adds - len(one.titles),
        share=one.share,
    )


def looser(one: LooserLimit, say: Say) -> str:
    """What would have to give: "3 more weeks or 2 h a week more"."""
    parts = [
        say.plain(
            f"looser-{limit}",
            weeks=one.weeks,
            weekly=say.number(one.weekly or 0),
            is_choice="yes" if one.weekly else "no",
            amount=say.money(one.amount, one.currency),
            languages=say.listed([say.language_name(code) for code in one.languages]),
            level=one.level or "any",
        )
        for limit in one.limits
    ]
    return say.listed(parts)


def _first(step: StepLine, say: Say) -> Markup:
    key = "pathway-prove" if step.is_provable else "pathway-first"
    return say(key, title=step.title, length=step_length(step, say), adds=_adds(step, say))


def _later(step: StepLine, place: int, say: Say) -> Markup:
    key = "pathway-then" if place == 0 else "pathway-later"
    return say(key, title=step.title, length=step_length(step, say), adds=_adds(step, say))


def _provable_row(screen: PathwayCard, say: Say) -> tuple[Button, ...]:
    """What else may be proven now, and why the first."""
    if not screen.provable:
        return ()
    return (button(say.plain("button-what-provable", count=screen.provable), "provable"),)


def _pathway_rows(
    screen: PathwayCard, first: StepLine | None, later: list[StepLine], say: Say
) -> tuple[tuple[Button, ...], ...]:
    taken = tuple(step_button(step, say) for step in later[:1])
    more = button(
        say.plain("button-whole-path", count=screen.more + len(screen.steps)), "whole_way"
    )
    return (
        (step_button(first, say),) if first else (),
        _provable_row(screen, say),
        taken,
        (button(say.plain("button-why"), "why"), more) if first else (),
        (button(say.plain("button-gap"), "gap"), button(say.plain("button-what-if"), "what_if")),
        (button(say.plain("button-change"), "change"), ask_person(say)),
    )


def step_button(step: StepLine, say: Say) -> Button:
    """Prove it, or look at it."""
    if step.is_provable:
        return button(say.plain("button-prove-now"), "prove", step.code)
    return button(say.plain("button-choose", title=say.words(step.title)), "credential", step.code)


def step_length(step: StepLine, say: Say) -> str:
    """Weeks, hours and price of a step."""
    if step.is_provable:
        return say.plain("length-prove")
    return say.plain(
        "length", weeks=step.weeks, hours=say.number(step.hours), cost=_cost(step, say)
    )


def _cost(step: StepLine, say: Say) -> str:
    return say.money(step.amount, step.currency) if step.amount else say.plain("free")


def _adds(step: StepLine, say: Say) -> str:
    return say.listed([say.words(skill) for skill in step.adds]) or "none"


def _job(title: dict[str, str], say: Say) -> str:
    return capital(say.words(title))
