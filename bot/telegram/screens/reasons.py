"""Draws reasons: why these steps, what is missing, and where every number comes from."""

from markupsafe import Markup

from actions.screens.reasons import (
    ClosedLine,
    GapCard,
    GapSources,
    JobSources,
    PathwayReasons,
    Reason,
    RivalLine,
    SkillLine,
    StepReasons,
    StepSources,
)
from bot.telegram.screens.drawing import (
    Button,
    Drawn,
    button,
    draws,
    first_that_fits,
    lines,
    link,
    paragraphs,
)
from bot.telegram.screens.intake import capital
from bot.telegram.screens.words import ask_person
from bot.texts import Say

ONET = "https://www.onetonline.org/link/summary"
FEWEST_REASONS = 2


@draws(PathwayReasons)
def draw_reasons(screen: PathwayReasons, say: Say) -> Drawn:
    counts = range(max(len(screen.reasons), FEWEST_REASONS), FEWEST_REASONS - 1, -1)
    text = first_that_fits(_reasons(screen, count, say) for count in counts)
    steps = tuple(
        (button(say.plain("button-why-step", title=reason.title), "why_step", reason.code),)
        for reason in screen.reasons
    )
    rows = (
        *steps,
        (button(say.plain("button-gap"), "gap"), button(say.plain("button-sources"), "sources")),
        (button(say.plain("button-my-path"), "way"), ask_person(say)),
    )
    return Drawn(text, rows)


@draws(StepReasons)
def draw_step_reasons(screen: StepReasons, say: Say) -> Drawn:
    text = paragraphs(
        say("why-step", title=screen.title, place=screen.place),
        lines(
            say("why-step-closes", share=screen.share) if screen.closes else say("why-step-opens"),
            *(_closed(one, say) for one in screen.closes),
            say("why-step-more", count=screen.more) if screen.more else None,
        ),
        lines(_place(screen, say), _length(screen, say), _stack(screen, say)),
        _rival(screen.rival, say) if screen.rival else None,
    )
    if screen.is_provable:
        act = button(say.plain("button-prove-now"), "prove", screen.code)
    else:
        act = button(say.plain("button-choose", title=screen.title), "credential", screen.code)
    compare = button(say.plain("button-compare-rival"), "compare", screen.code)
    rows = (
        (act,),
        (compare,) if screen.rival else (),
        (
            button(say.plain("button-where-from"), "step_sources", screen.code),
            button(say.plain("button-why"), "why"),
        ),
    )
    return Drawn(text, tuple(row for row in rows if row))


@draws(GapCard)
def draw_gap(screen: GapCard, say: Say) -> Drawn:
    lent = say.listed([say.words(title) for title in screen.lenders])
    found = [
        say(
            "gap-line",
            number=number,
            skill=capital(say.words(gap.skill)),
            level=gap.need_level,
            basis=gap_basis(gap, say),
        )
        for number, gap in enumerate(screen.gaps, 1)
    ]
    text = paragraphs(
        say("gap", job=capital(say.words(screen.job))),
        lines(*found) if found else say("gap-none"),
        say("gap-more", count=screen.more) if screen.more else None,
        say("pathway-lent", titles=lent) if lent else say("gap-order"),
    )
    rows = (
        (button(say.plain("button-where-from"), "gap_sources"),),
        (
            button(say.plain("button-my-path"), "way"),
            button(say.plain("button-skills"), "have_again"),
        ),
    )
    return Drawn(text, rows if screen.gaps else rows[1:])


@draws(GapSources)
def draw_gap_sources(screen: GapSources, say: Say) -> Drawn:
    lent = say.listed([say.words(title) for title in screen.lenders])
    text = paragraphs(
        say(
            "gap-sources",
            job=capital(say.words(screen.job)),
            release=_release(screen.release, say),
            lent=lent or "none",
        ),
        lines(*(_skill_source(gap, say) for gap in screen.gaps)),
        say("gap-sources-how"),
    )
    rows = (
        (link(say.plain("button-onet"), f"{ONET}/{screen.job_code}"),),
        (button(say.plain("button-gap"), "gap"), button(say.plain("button-my-path"), "way")),
    )
    return Drawn(text, rows)


@draws(StepSources)
def draw_step_sources(screen: StepSources, say: Say) -> Drawn:
    text = paragraphs(
        say("step-sources", title=screen.title),
        lines(
            say(
                "step-sources-offer",
                hours=say.number(screen.hours),
                cost=say.money(screen.amount, screen.currency) if screen.amount else "",
                free="no" if screen.amount else "yes",
                provider=screen.provider,
                origin=screen.origin or ("example" if screen.example else "own"),
                file=screen.file or "",
                code=screen.code,
                version=screen.version,
            ),
            say("step-sources-rate", day=say.day(screen.rates)) if screen.rates else None,
        ),
        lines(
            say("step-sources-skills", release=_release(screen.release, say)),
            *(_skill_source(gap, say) for gap in screen.gaps),
        )
        if screen.gaps
        else None,
        say("step-sources-how", revision=screen.revision),
    )
    rows = (
        (link(say.plain("button-open-course"), screen.url),),
        (
            button(say.plain("button-back-to-why"), "why_step", screen.code),
            button(say.plain("button-my-path"), "way"),
        ),
    )
    return Drawn(text, rows)


@draws(JobSources)
def draw_sources(screen: JobSources, say: Say) -> Drawn:
    pay = say("sources-no-pay")
    if (known := screen.pay) is not None:
        pay = say(
            "sources-pay",
            amount=say.money(known.median, known.currency),
            period=known.period,
            region=known.region,
            source=known.source,
            date=known.date,
        )
    text = paragraphs(
        lines(
            say("sources-job", job=capital(say.words(screen.job)), code=screen.code),
            say("sources-summary", text=screen.summary),
        ),
        pay,
        say("sources"),
        *(say("sources-attribution", sentence=sentence) for sentence in screen.attributions),
    )
    rows: tuple[tuple[Button, ...], ...] = (
        (link(say.plain("button-onet"), f"{ONET}/{screen.code}"),),
        (button(say.plain("button-gap"), "gap"), button(say.plain("button-my-path"), "way")),
    )
    return Drawn(text, rows)


def _reasons(screen: PathwayReasons, count: int, say: Say) -> Markup:
    """The card with the reasons of the first `count` steps."""
    left = say.listed([say.words(skill) for skill in screen.uncovered])
    part = say.listed([say.words(skill) for skill in screen.part])
    return paragraphs(
        say("reasons", job=capital(say.words(screen.job))),
        lines(*(_reason(reason, say) for reason in screen.reasons[:count])),
        lines(
            say("reasons-uncovered", skills=left) if left else None,
            say("reasons-part", skills=part) if part else None,
        ),
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
        declared="yes" if reason.is_declared else "no",
    )


def _closed(one: ClosedLine, say: Say) -> Markup:
    return say(
        "why-step-skill",
        skill=capital(say.words(one.skill)),
        share=one.share,
        of_all=one.of_all,
        declared="yes" if one.is_declared else "no",
    )


def _place(screen: StepReasons, say: Say) -> Markup:
    if screen.is_provable:
        return say("why-place-prove")
    if screen.after:
        return say("why-place-after", after=screen.after)
    if screen.opens:
        opened = say.listed([say.words(title) for title in screen.opens])
        return say("why-place-opens", opens=opened)
    return say("why-place-rate")


def _length(screen: StepReasons, say: Say) -> Markup | None:
    if screen.is_provable:
        return None
    return say(
        "why-length",
        hours=say.number(screen.hours),
        weeks=screen.weeks,
        weekly=say.number(screen.weekly_hours),
        cost=say.money(screen.amount, screen.currency) if screen.amount else "",
        free="no" if screen.amount else "yes",
    )


def _stack(screen: StepReasons, say: Say) -> Markup | None:
    stack = screen.stack
    return say("why-stack", into=stack.into, have=stack.have, of=stack.parts) if stack else None


def _rival(rival: RivalLine, say: Say) -> Markup:
    return say(
        "why-rival",
        title=rival.title,
        reason=rival.reason,
        theirs=rival.of_all,
        mine=rival.of_all_of_step,
        hours=say.number(abs(rival.hours)),
        amount=say.money(abs(rival.amount), "USD"),
        first=rival.first,
    )


def gap_basis(gap: SkillLine, say: Say) -> str:
    """What of a skill is there already, in words."""
    return say.plain("gap-basis", basis=gap.basis, source=gap.source or "self")


def _skill_source(gap: SkillLine, say: Say) -> Markup:
    return say(
        "skill-source",
        skill=capital(say.words(gap.skill)),
        need=gap.need,
        have=gap.have,
        basis=gap.basis,
        source=gap.source or "self",
        importance=gap.importance,
        demand="yes" if gap.in_demand else "no",
        common=gap.common,
    )


def _release(release: str | None, say: Say) -> str:
    return release or say.plain("release-starter")
