"""Draws showing one's work: asking, looking over, sending, what came of it."""

from markupsafe import Markup

from actions.screens.choosing import Choice, ChooseEvidence, ChooseInField
from actions.screens.evidence import (
    AskChangeNote,
    AskEvidence,
    AskMadeWith,
    AskNameForBadge,
    AskSummary,
    EvidenceCheck,
    EvidenceIntro,
    EvidencePersonal,
    EvidenceRubric,
    EvidenceSent,
    EvidenceStanding,
    Item,
    Missing,
    Point,
    ReviewDelayed,
    SubmissionRejected,
    SubmissionReturned,
)
from bot.telegram.screens.drawing import Button, Drawn, button, draws, lines, paragraphs
from bot.telegram.screens.fields import field_rows, turning
from bot.telegram.screens.words import ask_person, menu_button
from bot.texts import Say

Rows = tuple[tuple[Button, ...], ...]
ORIGINS = ("project", "course", "work")
OFTEN = 3  # reviews without success before a person is offered


def letter(index: int) -> str:
    """a, b, c: how criteria are called in the chat."""
    return chr(ord("a") + index)


def about(submission_id: str, index: int) -> str:
    """A button's id: the submission and one of its criteria."""
    return f"{submission_id}~{index}"


@draws(EvidenceIntro)
def draw_intro(screen: EvidenceIntro, say: Say) -> Drawn:
    listed = "evidence-list-again" if screen.is_again else "evidence-list"
    asked = screen.points[screen.asked]
    text = paragraphs(
        lines(
            say("evidence-title", title=screen.title),
            say(listed),
            *(_line(point, say) for point in screen.points),
        ),
        say("evidence-earlier", words=asked.earlier) if asked.earlier else None,
        _care(screen, say),
        say("evidence-start", letter=letter(screen.asked)),
    )
    rows = _asking_rows(screen.submission_id, screen.asked, say)
    return Drawn(text, (*_stray_row(screen, screen.asked, say), *rows))


@draws(AskEvidence)
def draw_ask(screen: AskEvidence, say: Say) -> Drawn:
    point = screen.point
    text = paragraphs(
        _joined(_kept(screen, say), _progress(screen, say)) if screen.added else None,
        lines(
            say("evidence-next", letter=letter(point.index), text=point.text),
            say("evidence-hint", hint=point.hint),
        ),
        say("evidence-earlier", words=point.earlier) if point.earlier else None,
        _have(point, say),
    )
    rows = [*_stray_row(screen, point.index, say)]
    rows += _asking_rows(screen.submission_id, point.index, say)
    if screen.last is not None and screen.last != point.index:
        label = say.plain("button-add-to", letter=letter(screen.last))
        rows.insert(0, (button(label, "ev_ask", about(screen.submission_id, screen.last)),))
    removals = [_removal(item, say) for item in point.items if item.is_new]
    return Drawn(text, (*((one,) for one in removals[:3]), *rows))


@draws(AskSummary)
def draw_summary(screen: AskSummary, say: Say) -> Drawn:
    skip = button(say.plain("button-skip"), "ev_skip", screen.submission_id)
    return Drawn(say("evidence-summary"), ((skip, _cancel(say)),))


@draws(AskChangeNote)
def draw_change_note(screen: AskChangeNote, say: Say) -> Drawn:
    skip = button(say.plain("button-skip"), "ev_skip", screen.submission_id)
    return Drawn(say("evidence-change-note"), ((skip, _cancel(say)),))


@draws(AskMadeWith)
def draw_made_with(screen: AskMadeWith, say: Say) -> Drawn:
    back = button(say.plain("button-back"), "ev_check", screen.submission_id)
    return Drawn(say("evidence-made-with"), ((back, _cancel(say)),))


@draws(AskNameForBadge)
def draw_ask_name(screen: AskNameForBadge, say: Say) -> Drawn:
    no_name = button(say.plain("button-without-name"), "ev_no_name", screen.submission_id)
    back = button(say.plain("button-back"), "ev_check", screen.submission_id)
    return Drawn(say("evidence-name"), ((no_name, back),))


@draws(EvidenceRubric)
def draw_rubric(screen: EvidenceRubric, say: Say) -> Drawn:
    text = paragraphs(
        say("rubric", letter=letter(screen.index), text=screen.text),
        say("rubric-send", hint=screen.hint),
        say("rubric-met", text=screen.met),
        say("rubric-not-yet", text=screen.not_yet),
    )
    back = button(say.plain("button-back"), "ev_ask", about(screen.submission_id, screen.index))
    return Drawn(text, ((back,),))


@draws(EvidenceCheck)
def draw_check(screen: EvidenceCheck, say: Say) -> Drawn:
    missing = [point for point in screen.points if not point.has_enough]
    if missing:
        return _draw_part(screen, missing, say)
    is_shared = screen.made_with is not None
    name = screen.name_on_badge
    text = paragraphs(
        _joined(_kept(screen, say), say("check-whole", total=len(screen.points))),
        _links(screen, say),
        say("check-used", titles=say.listed([say.words(title) for title in screen.used_for]))
        if screen.used_for
        else None,
        say("check-name", name=name) if name else say("check-no-name"),
        say("check-made-with", words=screen.made_with) if is_shared else None,
        say("check-send" if is_shared else "check-own"),
    )
    return Drawn(text, _check_rows(screen, say))


@draws(EvidencePersonal)
def draw_personal(screen: EvidencePersonal, say: Say) -> Drawn:
    words = say.plain("button-remove", what=say.plain("button-remove-text"))
    remove = button(words, "ev_remove", screen.evidence_id)
    keep = button(say.plain("button-names-nobody"), "ev_check", screen.submission_id)
    return Drawn(say("evidence-personal"), ((remove, keep),))


@draws(EvidenceSent)
def draw_sent(screen: EvidenceSent, say: Say) -> Drawn:
    noted = say("sent-origin-noted", origin=screen.origin) if screen.origin else None
    text = paragraphs(say("sent", date=say.date(screen.promised_by)), noted or say("sent-origin"))
    origins = tuple(
        button(
            say.plain(f"button-origin-{origin}"), "ev_origin", f"{screen.submission_id}~{origin}"
        )
        for origin in ORIGINS
    )
    changes = _changes(screen.submission_id, say)
    return Drawn(text, (changes,) if screen.origin else (origins, changes))


@draws(EvidenceStanding)
def draw_standing(screen: EvidenceStanding, say: Say) -> Drawn:
    date = say.date(screen.promised_by) if screen.promised_by else ""
    text = say("standing", state=screen.state, title=screen.title, date=date)
    if screen.state == "waiting":
        return Drawn(text, (_changes(screen.submission_id, say), (menu_button(say),)))
    if screen.state == "accepted":
        return Drawn(text, ((button(say.plain("button-my-badges"), "badges"), menu_button(say)),))
    go_on = button(say.plain("button-go-on"), "prove", screen.code)
    return Drawn(text, ((go_on, menu_button(say)),))


@draws(ChooseEvidence)
def draw_choose(screen: ChooseEvidence, say: Say) -> Drawn:
    fields = field_rows("ev_field", say)
    question = (
        say("choose-for-stray", name=screen.stray) if screen.stray else say("choose-evidence")
    )
    listed = (*screen.likely, *screen.begun)
    if not listed:
        return Drawn(paragraphs(question, say("choose-fields")), fields)
    begun = say("choose-begun") if screen.begun and not screen.likely else None
    text = paragraphs(question, lines(begun, say("choose-field")))
    return Drawn(text, (*((_choice(choice, say),) for choice in listed), *fields))


@draws(ChooseInField)
def draw_choose_in_field(screen: ChooseInField, say: Say) -> Drawn:
    rows = tuple((_choice(choice, say),) for choice in screen.choices)
    turn = turning("ev_field", say, field=screen.field, page=screen.page, pages=screen.pages)
    back = button(say.plain("button-back"), "evidence")
    return Drawn(say("choose-in-field", field=screen.field), (*rows, (*turn, back)))


@draws(SubmissionReturned)
def draw_returned(screen: SubmissionReturned, say: Say) -> Drawn:
    text = paragraphs(
        say("returned", title=screen.title, met=screen.met, total=screen.total),
        *(_missing(item, say) for item in screen.missing),
        say("returned-words", words=screen.comment) if screen.comment else None,
        say("returned-often" if screen.round >= OFTEN else "returned-next"),
    )
    again = button(say.plain("button-send-again"), "prove", screen.code)
    return Drawn(text, ((again, ask_person(say)),))


@draws(SubmissionRejected)
def draw_rejected(screen: SubmissionRejected, say: Say) -> Drawn:
    text = paragraphs(
        say("rejected", title=screen.title, met=screen.met, total=screen.total),
        *(_missing(item, say) for item in screen.missing),
        say("returned-words", words=screen.comment) if screen.comment else None,
        say("rejected-next"),
    )
    return Drawn(text, ((ask_person(say), menu_button(say)),))


@draws(ReviewDelayed)
def draw_delayed(screen: ReviewDelayed, say: Say) -> Drawn:
    text = say("delayed", title=screen.title, date=say.date(screen.promised_by))
    return Drawn(text, (_changes(screen.submission_id, say),))


def _line(point: Point, say: Say) -> Markup:
    key = "evidence-line-met" if point.is_kept else "evidence-line"
    return say(key, letter=letter(point.index), text=point.text)


def _care(screen: EvidenceIntro, say: Say) -> Markup:
    own = say.words(screen.privacy) if screen.privacy else ""
    return Markup(" ").join([say("evidence-care"), own]) if own else say("evidence-care")


def _kept(screen: AskEvidence | EvidenceCheck, say: Say) -> Markup | None:
    if screen.added is None:
        return None
    kept = say(
        "evidence-kept",
        kind=screen.added.kind,
        state=screen.added.link_state or "none",
        words=screen.added.words,
    )
    return _joined(kept, say("evidence-hidden", hidden=screen.hidden) if screen.hidden else None)


def _progress(screen: AskEvidence, say: Say) -> Markup:
    return say("evidence-progress", done=screen.done, total=screen.total)


def _joined(*parts: Markup | None) -> Markup:
    return Markup(" ").join(part for part in parts if part)


def _have(point: Point, say: Say) -> Markup | None:
    if not point.items:
        return None
    things = [say("evidence-have-item", words=_thing(item, say)) for item in point.items]
    return lines(say("evidence-have"), *things)


def _thing(item: Item, say: Say) -> Markup:
    return say("evidence-item", kind=item.kind, words=item.words)


def _removal(item: Item, say: Say) -> Button:
    what = item.words if item.kind in {"file", "link"} else say.plain(f"button-remove-{item.kind}")
    return button(say.plain("button-remove", what=what), "ev_remove", item.evidence_id)


def _links(screen: EvidenceCheck, say: Say) -> Markup | None:
    if screen.links:
        listed = [say("evidence-have-item", words=item.words) for item in screen.links]
        return lines(say("check-links", count=len(listed)), *listed)
    sent = [item for point in screen.points for item in point.items if item.is_new]
    has_links = any(item.kind == "link" for item in sent)
    return say("check-links-open") if has_links else None


def _draw_part(screen: EvidenceCheck, missing: list[Point], say: Say) -> Drawn:
    total = len(screen.points)
    text = lines(
        say("check-part", done=total - len(missing), total=total),
        *(_line(point, say) for point in missing),
    )
    asks = tuple(
        button(
            say.plain("button-add-missing", letter=letter(point.index)),
            "ev_ask",
            about(screen.submission_id, point.index),
        )
        for point in missing
    )
    return Drawn(text, (asks, (_cancel(say),)))


def _check_rows(screen: EvidenceCheck, say: Say) -> Rows:
    submission = screen.submission_id
    if screen.made_with is not None:
        send: tuple[Button, ...] = (button(say.plain("button-send-it"), "ev_send", submission),)
    else:
        send = (
            button(say.plain("button-own-work"), "ev_send", submission),
            button(say.plain("button-made-with"), "ev_shared", submission),
        )
    names = [button(say.plain("button-change-name"), "ev_name", submission)]
    if screen.name_on_badge:
        names.append(button(say.plain("button-without-name"), "ev_no_name", submission))
    back = button(say.plain("button-back"), "ev_back", submission)
    return (send, tuple(names), (back, _cancel(say)))


def _asking_rows(submission_id: str, index: int, say: Say) -> Rows:
    rubric = button(say.plain("button-rubric"), "ev_rubric", about(submission_id, index))
    skip = button(say.plain("button-skip-this"), "ev_skip", submission_id)
    back = button(say.plain("button-back"), "ev_back", submission_id)
    last = (back, _cancel(say)) if index else (_cancel(say),)
    return ((rubric, skip), last)


def _stray_row(screen: EvidenceIntro | AskEvidence, index: int, say: Say) -> Rows:
    if not screen.stray:
        return ()
    label = say.plain("button-place-stray", name=screen.stray)
    return ((button(label, "ev_stray", about(screen.submission_id, index)),),)


def _changes(submission_id: str, say: Say) -> tuple[Button, ...]:
    return (
        button(say.plain("button-edit"), "ev_edit", submission_id),
        button(say.plain("button-withdraw"), "ev_withdraw", submission_id),
    )


def _choice(choice: Choice, say: Say) -> Button:
    title = say.words(choice.title)
    label = say.plain("choice-begun", title=title, state=choice.state) if choice.state else title
    return button(label, "prove", choice.code)


def _missing(item: Missing, say: Say) -> Markup:
    return lines(
        say("returned-missing", criterion=item.criterion),
        say("returned-words", words=item.comment) if item.comment else None,
    )


def _cancel(say: Say) -> Button:
    return button(say.plain("button-cancel"), "cancel")
