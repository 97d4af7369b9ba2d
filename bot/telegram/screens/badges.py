"""Draws badges: what one holds, ways to share them, what became of them."""

from datetime import datetime
from urllib.parse import urlencode

from markupsafe import Markup

from actions.screens.badges import (
    BadgeAwarded,
    BadgeCard,
    BadgeFile,
    BadgeLine,
    BadgeLinkedIn,
    BadgeList,
    BadgeShare,
    BadgeStateChanged,
)
from bot.telegram.screens.drawing import (
    Attachment,
    Button,
    Drawn,
    button,
    draws,
    lines,
    link,
    paragraphs,
)
from bot.telegram.screens.words import ask_person, meant, menu_button
from bot.texts import Say

LINKEDIN = "https://www.linkedin.com/profile/add"


@draws(BadgeList)
def draw_badges(screen: BadgeList, say: Say) -> Drawn:
    waiting = say("badges-waiting", count=screen.waiting) if screen.waiting else None
    if not screen.badges:
        ways = (meant(say, "submit_evidence"), meant(say, "set_career_goal"))
        return Drawn(paragraphs(say("badges-none"), waiting), (ways,))
    text = paragraphs(lines(say("badges"), *(_line(line, say) for line in screen.badges)), waiting)
    rows = tuple(
        (button(say.words(line.title), "badge", line.badge_id),) for line in screen.badges[:10]
    )
    return Drawn(text, (*rows, (menu_button(say),)))


@draws(BadgeAwarded)
def draw_awarded(screen: BadgeAwarded, say: Say) -> Drawn:
    comment = say("badge-awarded-comment", words=screen.comment) if screen.comment else None
    text = paragraphs(
        lines(
            say("badge-awarded", title=screen.title, anew="yes" if screen.is_anew else "no"),
            comment,
        ),
        say("badge-awarded-file"),
    )
    rows = (
        *_ways(screen.badge_id, say),
        (
            button(say.plain("button-more"), "badge_more", screen.badge_id),
            button(say.plain("button-next-step"), "meant", "ask_progress"),
        ),
    )
    return Drawn(text, rows, _picture(screen.badge_id))


@draws(BadgeCard)
def draw_card(screen: BadgeCard, say: Say) -> Drawn:
    line = screen.line
    text = paragraphs(
        lines(
            say("badge-card", title=line.title),
            say("badge-card-state", state=badge_state(line), **badge_dates(line, say)),
        ),
        say("badge-card-code", code=screen.code),
    )
    rows = (
        *_ways(line.badge_id, say),
        (
            button(say.plain("button-badge-json"), "badge_json", line.badge_id),
            button(say.plain("button-my-badges"), "badges"),
        ),
    )
    return Drawn(text, rows, _picture(line.badge_id))


@draws(BadgeShare)
def draw_share(screen: BadgeShare, say: Say) -> Drawn:
    text = paragraphs(
        say(
            "badge-share",
            title=screen.title,
            url=screen.url,
            code=screen.code,
            named="yes" if screen.holder else "no",
            holder=screen.holder or "",
        ),
        say("badge-share-off") if screen.state != "valid" else None,
    )
    page = (link(say.plain("button-badge-page"), screen.url),) if _is_public(screen.url) else ()
    linkedin = button(say.plain("button-linkedin"), "badge_linkedin", screen.badge_id)
    rows = (page, (linkedin, _back(screen.badge_id, say)))
    return Drawn(text, tuple(row for row in rows if row))


@draws(BadgeLinkedIn)
def draw_linkedin(screen: BadgeLinkedIn, say: Say) -> Drawn:
    until = screen.valid_until
    text = lines(
        say(
            "badge-linkedin",
            title=screen.title,
            issuer=screen.issuer,
            issued=say.date(screen.issued_at),
        ),
        say("badge-linkedin-until", until=say.date(until)) if until else None,
        say("badge-linkedin-rest", code=screen.code, url=screen.url),
    )
    rows = (
        (link(say.plain("button-linkedin-open"), linkedin_url(screen)),),
        (_back(screen.badge_id, say),),
    )
    return Drawn(text, rows)


@draws(BadgeFile)
def draw_file(screen: BadgeFile, say: Say) -> Drawn:
    return Drawn(
        say("badge-file", title=screen.title),
        ((_back(screen.badge_id, say),),),
        Attachment("credential", {"badge_id": screen.badge_id}),
    )


@draws(BadgeStateChanged)
def draw_changed(screen: BadgeStateChanged, say: Say) -> Drawn:
    is_bad = screen.state != "valid"
    text = paragraphs(
        say("badge-changed", state=screen.state, title=screen.title),
        say("badge-changed-reason", reason=screen.reason),
        say("badge-changed-appeal") if is_bad else None,
    )
    mine = button(say.plain("button-my-badges"), "badges")
    return Drawn(text, ((ask_person(say), mine),) if is_bad else ((mine,),))


def linkedin_url(screen: BadgeLinkedIn) -> str:
    """LinkedIn's form, filled in."""
    issued = datetime.fromisoformat(screen.issued_at)
    fields = {
        "startTask": "CERTIFICATION_NAME",
        "name": screen.title,
        "organizationName": screen.issuer,
        "issueYear": issued.year,
        "issueMonth": issued.month,
    }
    if screen.valid_until:
        until = datetime.fromisoformat(screen.valid_until)
        fields |= {"expirationYear": until.year, "expirationMonth": until.month}
    return f"{LINKEDIN}?{urlencode({**fields, 'certUrl': screen.url, 'certId': screen.code})}"


def _line(line: BadgeLine, say: Say) -> Markup:
    return say("badges-line", title=line.title, state=badge_state(line), **badge_dates(line, say))


def badge_dates(line: BadgeLine, say: Say) -> dict[str, str]:
    """When it was awarded and runs out, in words."""
    until = say.date(line.valid_until) if line.valid_until else ""
    return {"date": say.date(line.issued_at), "until": until}


def badge_state(line: BadgeLine) -> str:
    """Its state as texts tell it apart: also `expired`, and `forever` without an end."""
    if line.state != "valid":
        return line.state
    if line.is_expired:
        return "expired"
    return "valid" if line.valid_until else "forever"


def _ways(badge_id: str, say: Say) -> tuple[tuple[Button, ...], ...]:
    return (
        (button(say.plain("button-share"), "badge_share", badge_id),),
        (button(say.plain("button-linkedin"), "badge_linkedin", badge_id),),
    )


def _back(badge_id: str, say: Say) -> Button:
    return button(say.plain("button-badge-picture"), "badge", badge_id)


def _picture(badge_id: str) -> Attachment:
    return Attachment("badge", {"badge_id": badge_id})


def _is_public(url: str) -> bool:
    """Telegram opens no links into one's own machine."""
    return url.startswith("https://")
