"""Draws what is weighed: micro-credentials or goals side by side, dates that bind."""

from markupsafe import Markup

from actions.screens.options import (
    CompareGoals,
    CompareOptions,
    DatedLine,
    Dates,
    GoalLine,
    NotOnPath,
    Option,
    PathTime,
)
from bot.telegram.screens.drawing import (
    Drawn,
    button,
    draws,
    first_that_fits,
    fits,
    lines,
    paragraphs,
)
from bot.telegram.screens.intake import capital
from bot.telegram.screens.words import ask_person, meant, menu_button
from bot.texts import Say

CAN = 3
FEWEST = 2  # goals beside each other


@draws(CompareOptions)
def draw_compare(screen: CompareOptions, say: Say) -> Drawn:
    text = first_that_fits(_compare(screen, say, shown=shown) for shown in range(CAN, -1, -1))
    more = tuple(
        (button(say.plain("button-choose", title=option.title), "choose", option.code),)
        for option in screen.options
    )
    return Drawn(text, (*more, (button(say.plain("button-why"), "why"), ask_person(say))))


@draws(CompareGoals)
def draw_compare_goals(screen: CompareGoals, say: Say) -> Drawn:
    counts = range(len(screen.goals), FEWEST, -1)
    goals = next(
        (screen.goals[:n] for n in counts if fits(_goals(screen, n, say))),
        screen.goals[:FEWEST],
    )
    aims = tuple(
        (button(say.plain("button-aim", job=capital(say.words(goal.title))), "job", goal.code),)
        for goal in goals
        if not goal.is_goal
    )
    rows = (
        *aims,
        (
            button(say.plain("button-my-path"), "way"),
            button(say.plain("button-other-goal"), "goal_again"),
        ),
    )
    return Drawn(_goals(screen, len(goals), say), rows)


def _goals(screen: CompareGoals, count: int, say: Say) -> Markup:
    goals = screen.goals[:count]
    shared = say.listed([say.words(title) for title in screen.shared])
    paid = dict.fromkeys((goal.pay_source, goal.pay_date) for goal in goals if goal.pay_source)
    sources = [say.plain("what-if-source", source=source, date=date) for source, date in paid]
    return paragraphs(
        say("what-if"),
        *(_goal(goal, say) for goal in goals),
        say("what-if-shared", titles=shared) if shared else None,
        say("what-if-sources", sources=say.listed(sources)) if sources else None,
    )


def _compare(screen: CompareOptions, say: Say, *, shown: int) -> Markup:
    head = say("compare-for", job=capital(say.words(screen.job))) if screen.job else say("compare")
    return paragraphs(head, *(_option(option, say, shown=shown) for option in screen.options))


def _option(option: Option, say: Say, *, shown: int) -> Markup:
    cost = say.money(option.amount, option.currency) if option.amount else ""
    skills = say.listed([say.words(skill) for skill in option.skills])
    return lines(
        say("credential", title=option.title),
        say("compare-closes", share=option.closes or 0, skills=skills) if skills else None,
        say("compare-closes-nothing") if option.closes is not None and not skills else None,
        say(
            "compare-facts",
            hours=say.number(option.hours),
            weeks=option.weeks or 0,
            cost=cost,
            free="no" if option.amount else "yes",
            start=option.start or "",
            told="yes" if option.start else "no",
        ),
        say(
            "compare-more",
            level=option.level or "none",
            language=say.language_name(option.language),
            here="yes" if option.is_awarded_here else "no",
            months=option.months or 0,
        ),
        say("compare-first", title=option.first) if option.first else None,
        *(say("credential-can", text=one) for one in option.can[:shown]),
    )


def _goal(goal: GoalLine, say: Say) -> Markup:
    return lines(
        say(
            "what-if-job", job=capital(say.words(goal.title)), goal="yes" if goal.is_goal else "no"
        ),
        say("what-if-reach", asked=goal.asked, has=goal.has, after=goal.has_after),
        say(
            "what-if-way",
            steps=goal.steps,
            weeks=goal.weeks,
            hours=say.number(goal.hours),
            cost=say.money(goal.amount, goal.currency) if goal.amount else "",
            free="no" if goal.amount else "yes",
            provable=goal.provable,
        ),
        say(
            "what-if-pay",
            amount=say.money(goal.pay, goal.pay_currency or "USD"),
            period=goal.pay_period,
            group=goal.pay_group or "none",
        )
        if goal.pay is not None
        else None,
        say("what-if-bar", bar="licence" if goal.licensed else "degree")
        if goal.licensed or goal.degree
        else None,
    )


@draws(Dates)
def draw_dates(screen: Dates, say: Say) -> Drawn:
    found = (
        *(_line("dates-promised", line, say) for line in screen.promised),
        *(_line("dates-returned", line, say) for line in screen.returned),
        *(_line("dates-ending", line, say) for line in screen.ending),
    )
    start = (
        say("dates-start", title=screen.start_title, start=screen.start)
        if screen.start_title and screen.start
        else None
    )
    text = paragraphs(
        lines(*found) if found else say("dates-none"), start, say("dates-no-deadline")
    )
    return Drawn(
        text, ((meant(say, "ask_progress"), meant(say, "set_reminder")), (menu_button(say),))
    )


def _line(key: str, line: DatedLine, say: Say) -> Markup:
    return say(key, title=line.title, date=say.date(line.date) if line.date else "")


@draws(PathTime)
def draw_path_time(screen: PathTime, say: Say) -> Drawn:
    told = {"day": say.day(screen.deadline)} if screen.deadline else None
    text = paragraphs(
        say(
            "path-time",
            what_if="no" if screen.usual is None else "yes",
            job=say.words(screen.job),
            weekly=say.number(screen.weekly),
            weeks=screen.weeks,
            hours=say.number(screen.hours),
            steps=screen.steps,
            day=say.day(screen.done),
        ),
        say("path-time-late" if screen.is_late else "path-time-fits", **told) if told else None,
        say("path-time-unchanged", hours=say.number(screen.usual)) if screen.usual else None,
    )
    path = button(say.plain("button-my-path"), "way")
    if screen.usual is None or not screen.weekly.is_integer():
        return Drawn(text, ((path,),))
    hours = say.number(screen.weekly)
    take = button(say.plain("button-take-hours", hours=hours), "hours", f"{screen.weekly:g}")
    return Drawn(text, ((take, path),))


@draws(NotOnPath)
def draw_not_on_path(screen: NotOnPath, say: Say) -> Drawn:
    text = say(
        "not-on-path",
        title=screen.title,
        job=say.words(screen.job),
        reason=screen.reason,
        closes=screen.closes,
        hours=say.number(screen.hours),
    )
    row = (button(say.plain("button-why"), "why"), button(say.plain("button-my-path"), "way"))
    return Drawn(text, (row,))
