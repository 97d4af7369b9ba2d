"""Draws advice: the way, its reasons, a credential, where one stands."""

from markupsafe import Markup

from actions.screens.pathways import (
    CostAnswer,
    CredentialCard,
    CredentialDeclined,
    JobSources,
    PathwayCard,
    PathwayReasons,
    ProgressCard,
    Reason,
    StepLine,
    WholePathway,
)
from bot.telegram.screens.drawing import Button, Drawn, button, draws, lines, link, paragraphs
from bot.telegram.screens.intake import capital
from bot.telegram.screens.words import ask_person, meant, menu_button
from bot.texts import Say

ONET = "https://www.onetonline.org/link/summary"
LIMIT = 680  # characters of a card, tags and empty lines apart
FEWEST_REASONS = 2


@draws(PathwayCard)
def draw_pathway(screen: PathwayCard, say: Say) -> Drawn:
    first, *later = screen.steps or (None,)
    text = paragraphs(
        say("pathway-goal", job=_job(screen.job, say), setting=screen.setting or "none"),
        say(
            "pathway-gap",
            asked=screen.asked,
            has=screen.has,
            partly=screen.partly,
            open=screen.asked - screen.has - screen.partly,
        ),
        _first(first, say) if first else say("pathway-none"),
        lines(*(_later(step, place, say) for place, step in enumerate(later))) if later else None,
        say("licensed", sentence=screen.licensed) if screen.licensed else None,
    )
    return Drawn(text, tuple(row for row in _pathway_rows(screen, first, later, say) if row))


@draws(PathwayReasons)
def draw_reasons(screen: PathwayReasons, say: Say) -> Drawn:
    counts = range(len(screen.reasons), FEWEST_REASONS, -1)
    tries = (_reasons(screen, count, say) for count in counts)
    text = next(
        (text for text in tries if len(text.striptags()) <= LIMIT),
        _reasons(screen, FEWEST_REASONS, say),
    )
    rows = (
        (button(say.plain("button-sources"), "sources"),),
        (button(say.plain("button-my-path"), "way"), ask_person(say)),
    )
    return Drawn(text, rows)


@draws(JobSources)
def draw_sources(screen: JobSources, say: Say) -> Drawn:
    pay = None
    if screen.pay is not None:
        pay = say(
            "sources-pay",
            amount=say.money(screen.pay, screen.currency or "USD"),
            source=screen.pay_source,
            date=screen.pay_date,
        )
    text = paragraphs(
        lines(
            say("sources-job", job=_job(screen.job, say), code=screen.code),
            say("sources-summary", text=screen.summary),
        ),
        pay,
        say("sources"),
        *(say("sources-attribution", sentence=sentence) for sentence in screen.attributions),
    )
    rows = (
        (link(say.plain("button-onet"), f"{ONET}/{screen.code}"),),
        (button(say.plain("button-my-path"), "way"),),
    )
    return Drawn(text, rows)


@draws(WholePathway)
def draw_whole(screen: WholePathway, say: Say) -> Drawn:
    steps = [
        say("whole-step", number=number, title=step.title, length=_length(step, say))
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


@draws(CredentialCard)
def draw_credential(screen: CredentialCard, say: Say) -> Drawn:
    text = paragraphs(
        lines(
            say("credential", title=screen.title), say("credential-what", text=screen.description)
        ),
        lines(say("credential-shows"), *(say("credential-can", text=can) for can in screen.can))
        if screen.can
        else say("credential-elsewhere"),
        lines(
            say(
                "credential-learn",
                provider=screen.provider,
                start=screen.start,
                told="yes" if screen.start else "no",
            ),
            say(
                "credential-cost",
                hours=say.number(screen.hours),
                cost=say.money(screen.amount, screen.currency) if screen.amount else "",
                free="no" if screen.amount else "yes",
                note=screen.cost_note,
                noted="yes" if screen.cost_note else "no",
            ),
            say("credential-lasts", months=screen.months) if screen.months else None,
        ),
        say("credential-example") if screen.example else None,
    )
    rows = (
        (link(say.plain("button-open-course"), screen.url),),
        (
            *((button(say.plain("button-finished"), "prove", screen.code),) if screen.can else ()),
            meant(say, "set_reminder"),
        ),
        (
            button(say.plain("button-not-for-me"), "decline", screen.code),
            button(say.plain("button-my-path"), "way"),
        ),
    )
    return Drawn(text, rows)


@draws(CredentialDeclined)
def draw_declined(screen: CredentialDeclined, say: Say) -> Drawn:
    return Drawn(
        say("credential-declined", title=screen.title),
        ((button(say.plain("button-my-path"), "way"),),),
    )


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
        return say(key, title=screen.next_step.title, length=_length(screen.next_step, say))
    return say("progress-done") if screen.job else None


def _progress_rows(screen: ProgressCard, say: Say) -> tuple[tuple[Button, ...], ...]:
    mine = button(say.plain("button-my-badges"), "badges")
    if screen.begun_code is not None:
        first: tuple[Button, ...] = (button(say.plain("button-go-on"), "prove", screen.begun_code),)
    elif screen.next_step is not None:
        first = (_step_button(screen.next_step, say),)
    else:
        first = (meant(say, "set_career_goal"),)
    path = button(say.plain("button-my-path"), "way")
    second = (path, mine) if screen.job is not None else (mine, menu_button(say))
    return first, second


def _first(step: StepLine, say: Say) -> Markup:
    key = "pathway-prove" if step.is_provable else "pathway-first"
    return say(key, title=step.title, length=_length(step, say), adds=_adds(step, say))


def _later(step: StepLine, place: int, say: Say) -> Markup:
    key = "pathway-then" if place == 0 else "pathway-later"
    return say(key, title=step.title, length=_length(step, say), adds=_adds(step, say))


def _pathway_rows(
    screen: PathwayCard, first: StepLine | None, later: list[StepLine], say: Say
) -> tuple[tuple[Button, ...], ...]:
    taken = tuple(_step_button(step, say) for step in later[:1])
    more = button(
        say.plain("button-whole-path", count=screen.more + len(screen.steps)), "whole_way"
    )
    return (
        (_step_button(first, say),) if first else (),
        taken,
        (button(say.plain("button-why"), "why"), more) if first else (),
        (button(say.plain("button-change"), "change"), ask_person(say)),
    )


def _step_button(step: StepLine, say: Say) -> Button:
    if step.is_provable:
        return button(say.plain("button-prove-now"), "prove", step.code)
    return button(say.plain("button-choose", title=say.words(step.title)), "credential", step.code)


def _reasons(screen: PathwayReasons, count: int, say: Say) -> Markup:
    """The card with the reasons of the first `count` steps."""
    left = say.listed([say.words(skill) for skill in screen.uncovered])
    return paragraphs(
        say("reasons", job=_job(screen.job, say)),
        lines(*(_reason(reason, say) for reason in screen.reasons[:count])),
        say("reasons-uncovered", skills=left) if left else None,
        say("licensed", sentence=screen.licensed) if screen.licensed else None,
        say("degree", sentence=screen.degree) if screen.degree and not screen.licensed else None,
    )


def _reason(reason: Reason, say: Say) -> Markup:
    return say(
        "reasons-step",
        title=reason.title,
        skills=say.listed([say.words(skill) for skill in reason.skills]),
        share=reason.share,
        opens="no" if reason.skills else "yes",
        after=reason.after,
        follows="yes" if reason.after else "no",
        rival=reason.rival,
        reason=reason.rival_reason or "none",
        declared="yes" if reason.is_declared else "no",
    )


def _length(step: StepLine, say: Say) -> str:
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
