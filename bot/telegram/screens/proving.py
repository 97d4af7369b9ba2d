"""Draws what a person may prove now, criterion by criterion."""

from markupsafe import Markup

from actions.screens.proving import CriterionLine, NothingToProve, ProveNow
from bot.telegram.screens.drawing import Drawn, button, draws, first_that_fits, lines, paragraphs
from bot.telegram.screens.intake import capital
from bot.telegram.screens.words import ask_person
from bot.texts import Say


@draws(ProveNow)
def draw_prove_now(screen: ProveNow, say: Say) -> Drawn:
    text = first_that_fits(_card(screen, say, with_evidence=shown) for shown in (True, False))
    others = tuple(
        (button(say.plain("button-provable", title=other.title), "provable", other.code),)
        for other in screen.others
    )
    rows = (
        (button(say.plain("button-prove-now"), "prove", screen.code),),
        *others,
        (button(say.plain("button-my-path"), "way"), ask_person(say)),
    )
    return Drawn(text, rows)


@draws(NothingToProve)
def draw_nothing_to_prove(screen: NothingToProve, say: Say) -> Drawn:
    rows = (
        (button(say.plain("button-skills"), "have_again"),),
        (button(say.plain("button-my-path"), "way"), ask_person(say)),
    )
    return Drawn(say("prove-nothing", job=capital(say.words(screen.job))), rows)


def _card(screen: ProveNow, say: Say, *, with_evidence: bool) -> Markup:
    found = [_criterion(one, say, with_evidence=with_evidence) for one in screen.criteria]
    return paragraphs(
        say("prove-now", title=screen.title, likely=screen.likely, of=len(screen.criteria)),
        lines(*found),
        say("prove-now-judged"),
    )


def _criterion(one: CriterionLine, say: Say, *, with_evidence: bool) -> Markup:
    key = "prove-criterion-likely" if one.is_likely else "prove-criterion-open"
    skills = say.listed([say.words(skill) for skill in one.skills])
    line = say(
        key,
        text=one.text,
        skills=skills,
        basis=one.basis,
        source=one.source or "self",
        partly="yes" if skills else "no",
    )
    wanted = with_evidence and not one.is_likely
    return lines(line, say("prove-criterion-evidence", text=one.evidence) if wanted else None)
