"""Draws reviewing: the queue, one criterion at a time, the decision."""

from datetime import datetime

from markupsafe import Markup

from actions.screens.review import (
    ON_CARD,
    Exhibit,
    Mark,
    QueueItem,
    ReviewComment,
    ReviewCriterion,
    ReviewDone,
    ReviewFile,
    ReviewGone,
    ReviewMarked,
    ReviewQueue,
    ReviewSummary,
    ReviewWanted,
    ReviewWords,
)
from bot.telegram.screens.drawing import (
    Attachment,
    Button,
    Drawn,
    button,
    draws,
    lines,
    paragraphs,
)
from bot.telegram.screens.evidence import letter
from bot.telegram.screens.words import menu_button
from bot.texts import Say

LIMIT = 700  # characters of a card
ROOMS = (160, 80, 40)  # characters of people's own words, while the card is too long
SPOKEN = "audio/ogg"  # what Telegram plays as a voice note


@draws(ReviewQueue)
def draw_queue(screen: ReviewQueue, say: Say) -> Drawn:
    if screen.oldest is None:
        return Drawn(say("queue-empty"), ((menu_button(say),),))
    head = say("queue", count=screen.count, age=_age(screen.oldest, screen.now, say))
    oldest = button(say.plain("button-open-oldest"), "rv_oldest")
    away = button(say.plain("button-away"), "days_off")
    if not screen.is_list:
        return Drawn(head, ((oldest, button(say.plain("button-list"), "rv_list")), (away,)))
    rows = tuple(
        (button(_queue_line(item, screen.now, say), "rv_open", item.submission_id),)
        for item in screen.items
    )
    return Drawn(head, (*rows, (oldest, away)))


@draws(ReviewWanted)
def draw_wanted(screen: ReviewWanted, say: Say) -> Drawn:
    oldest = button(say.plain("button-open-oldest"), "rv_oldest")
    return Drawn(
        say("review-wanted", title=screen.title),
        ((oldest, button(say.plain("button-list"), "rv_list")),),
    )


@draws(ReviewCriterion)
def draw_criterion(screen: ReviewCriterion, say: Say) -> Drawn:
    text = next(
        (text for room in ROOMS[:-1] if len(text := _criterion(screen, room, say)) <= LIMIT),
        _criterion(screen, ROOMS[-1], say),
    )
    file = next((item for item in screen.exhibits if item.evidence_id == screen.file), None)
    return Drawn(text, _criterion_rows(screen, say), _attached(file) if file else None)


@draws(ReviewWords)
def draw_words(screen: ReviewWords, say: Say) -> Drawn:
    words = say("review-words", words=screen.exhibit.words)
    return Drawn(lines(say("review-words-of", letter=letter(screen.index)), words))


@draws(ReviewFile)
def draw_file(screen: ReviewFile, say: Say) -> Drawn:
    name = _file_name(screen.exhibit, say)
    text = say("review-file-caption", letter=letter(screen.index), name=name)
    return Drawn(text, (), _attached(screen.exhibit))


@draws(ReviewMarked)
def draw_marked(screen: ReviewMarked, say: Say) -> Drawn:
    mark = screen.mark
    return Drawn(
        say(
            "review-marked",
            letter=letter(mark.index),
            text=mark.text,
            result=mark.result or "not_yet",
        )
    )


@draws(ReviewComment)
def draw_comment(screen: ReviewComment, say: Say) -> Drawn:
    key = "review-comment-needed" if screen.saved else "review-comment-typed"
    if not screen.is_needed:
        key = "review-comment-free" if screen.saved else "review-comment-typed-free"
    text = paragraphs(
        say(key, letter=letter(screen.index)),
        lines(
            *(
                say("review-saved", number=str(number), words=words)
                for number, words in enumerate(screen.saved, 1)
            )
        ),
    )
    choices = tuple(
        button(str(number), "rv_saved", f"{screen.submission_id}~{number - 1}")
        for number in range(1, len(screen.saved) + 1)
    )
    back = button(say.plain("button-back"), "rv_show", _id(screen, screen.index))
    return Drawn(text, (choices, (back,)) if choices else ((back,),))


@draws(ReviewSummary)
def draw_summary(screen: ReviewSummary, say: Say) -> Drawn:
    met = [mark for mark in screen.marks if mark.result == "met"]
    is_whole = len(met) == len(screen.marks)
    means = "review-approve-means" if is_whole else "review-return-means"
    text = paragraphs(
        say(
            "review-summary",
            title=screen.title,
            learner=_learner(screen.learner, say),
            met=len(met),
            total=len(screen.marks),
        ),
        lines(*(_mark(mark, say) for mark in screen.marks)),
        say("review-reject-means" if screen.is_rejecting else means),
    )
    return Drawn(text, _summary_rows(screen, say, is_whole=is_whole))


@draws(ReviewDone)
def draw_done(screen: ReviewDone, say: Say) -> Drawn:
    done = say(
        "review-done",
        outcome=screen.outcome,
        title=screen.title,
        learner=_learner(screen.learner, say),
    )
    text = lines(done, say("review-more", count=screen.waiting))
    badge = (button(say.plain("button-this-badge"), "issued_open", screen.badge_id or ""),)
    rows = _next(screen.waiting, say)
    return Drawn(text, (*rows, badge) if screen.badge_id else rows)


@draws(ReviewGone)
def draw_gone(screen: ReviewGone, say: Say) -> Drawn:
    gone = say(f"problem-{screen.code}")
    return Drawn(lines(gone, say("review-more", count=screen.waiting)), _next(screen.waiting, say))


def _next(waiting: int, say: Say) -> tuple[tuple[Button, ...], ...]:
    stop = button(say.plain("button-stop-review"), "rv_stop")
    if not waiting:
        return ((menu_button(say),),)
    return ((button(say.plain("button-open-next"), "rv_oldest"), stop),)


def _head(screen: ReviewCriterion, room: int, say: Say) -> Markup:
    sent = say("review-sent", round=screen.round, age=_age(screen.sent_at, screen.now, say))
    change, shared = screen.change_note, screen.made_with
    head = say("review-head", title=screen.title, learner=_learner(screen.learner, say))
    return lines(
        Markup(". ").join([head, sent]),
        say("review-change-note", words=_short(change, room)) if change else None,
        say("review-made-with", words=_short(shared, room)) if shared else None,
    )


def _criterion(screen: ReviewCriterion, room: int, say: Say) -> Markup:
    """The card's text; `room` is how many characters of people's own words it may quote each."""
    comment, earlier = screen.comment, screen.earlier
    return paragraphs(
        _head(screen, room, say) if screen.is_first else None,
        lines(
            say("review-point", letter=letter(screen.index), text=screen.text),
            say("review-met-means", text=screen.met),
        ),
        say("review-earlier", words=_short(earlier, room)) if earlier else None,
        *_exhibits(screen, room, say),
        say("review-comment-given", words=_short(comment, room)) if comment else None,
    )


def _exhibits(screen: ReviewCriterion, room: int, say: Say) -> list[Markup]:
    if not screen.exhibits:
        return [say("review-no-evidence")]
    shown = [_exhibit(item, room, say) for item in screen.exhibits]
    if not any(item.by_others or item.own_codes for item in screen.exhibits):
        shown.append(say("review-nothing-similar"))
    return shown


def _exhibit(item: Exhibit, room: int, say: Say) -> Markup:
    is_file = item.kind in {"file", "photo", "voice"}
    return lines(
        say("review-link", url=_short(item.url, max(room, 80))) if item.url else None,
        say("review-link-state", state=item.link_state or "none") if item.url else None,
        _file_name(item, say) if is_file else None,
        _quoted(item, room, say) if item.words else None,
        None if item.is_new else say("review-kept-from-before"),
        say("review-by-others") if item.by_others else None,
        say("review-own-use", codes=say.listed(list(item.own_codes))) if item.own_codes else None,
    )


def _quoted(item: Exhibit, room: int, say: Say) -> Markup:
    """Somebody's words, or where the whole of them is."""
    if item.form == "message":
        return say("review-words-above")
    longest = room if item.form == "file" else ON_CARD
    is_cut = item.form == "file" and item.kind == "text"
    quoted = say("review-words", words=_short(item.words, longest))
    return lines(quoted, say("review-long-words") if is_cut else None)


def _file_name(item: Exhibit, say: Say) -> Markup:
    return say("review-file", kind=item.kind, name=item.file_name)


def _attached(item: Exhibit) -> Attachment:
    is_spoken = item.kind == "voice" and item.media_type == SPOKEN
    args = {"evidence_id": item.evidence_id}
    return Attachment("evidence", args, "voice" if is_spoken else "document")


def _criterion_rows(screen: ReviewCriterion, say: Say) -> tuple[tuple[Button, ...], ...]:
    here = _id(screen, screen.index)
    marks = (
        button(say.plain("button-met"), "rv_met", here),
        button(say.plain("button-not-yet"), "rv_not_yet", here),
        button(say.plain("button-comment"), "rv_comment", here),
    )
    not_mine = button(say.plain("button-not-mine"), "rv_pass", screen.submission_id)
    stop = button(say.plain("button-stop-review"), "rv_stop")
    return (marks, (not_mine, stop))


def _summary_rows(
    screen: ReviewSummary, say: Say, *, is_whole: bool
) -> tuple[tuple[Button, ...], ...]:
    submission = screen.submission_id
    judged = [mark.index for mark in screen.marks if not mark.is_kept]
    back = button(say.plain("button-back"), "rv_show", _id(screen, judged[-1] if judged else 0))
    if is_whole:
        return ((button(say.plain("button-approve"), "rv_approve", submission), back),)
    if screen.is_rejecting:
        now = button(say.plain("button-reject-now"), "rv_reject_now", submission)
        return ((now, button(say.plain("button-back"), "rv_open", submission)),)
    return (
        (button(say.plain("button-return"), "rv_return", submission),),
        (button(say.plain("button-reject"), "rv_reject", submission), back),
    )


def _mark(mark: Mark, say: Say) -> Markup:
    result = "kept" if mark.is_kept else mark.result or "not_yet"
    if mark.comment is None:
        return say("review-summary-mark", letter=letter(mark.index), result=result)
    return say(
        "review-summary-comment",
        letter=letter(mark.index),
        result=result,
        words=_short(mark.comment, 120),
    )


def _queue_line(item: QueueItem, now: str, say: Say) -> str:
    age = _age(item.sent_at, now, say)
    learner = _learner(item.learner, say)
    return say.plain("queue-line", learner=learner, title=item.title, age=age, round=item.round)


def _learner(name: str | None, say: Say) -> str:
    return name or say.plain("review-nobody")


def _age(then: str, now: str, say: Say) -> str:
    return say.span(datetime.fromisoformat(now) - datetime.fromisoformat(then))


def _short(words: str | None, room: int = 160) -> str:
    line = " ".join((words or "").split())
    return line if len(line) <= room else line[: room - 1].rstrip() + "…"


def _id(screen: ReviewCriterion | ReviewComment | ReviewSummary, index: int) -> str:
    return f"{screen.submission_id}~{index}~{screen.round}"
