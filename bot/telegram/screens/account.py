"""Draws settings, one's data and roles."""

from actions.screens.account import (
    AskBadgeName,
    AskSettingsZone,
    Cancelled,
    DataExport,
    DeleteConfirm,
    Deleted,
    DeleteKept,
    InvitationDeclined,
    InvitationOffer,
    Resumed,
    Settings,
    StaffWelcome,
    Stopped,
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
from bot.telegram.screens.reminders import city_rows
from bot.telegram.screens.words import menu_button, menu_rows
from bot.texts import Say
from credentials.people import city_of


def cancel_button(say: Say) -> Button:
    return button(say.plain("button-cancel"), "cancel")


@draws(Settings)
def draw_settings(screen: Settings, say: Say) -> Drawn:
    zone = "settings-zone" if screen.zone_is_known else "settings-zone-unknown"
    name = screen.badge_name
    text = lines(
        say("settings"),
        say("settings-language", language=say.plain("language-name")),
        say(zone, zone=city_of(screen.zone)),
        say("settings-reminders", on="yes" if screen.reminders_on else "no"),
        say("settings-name", name=name) if name else say("settings-no-name"),
    )
    messages = ("button-messages-off", "stop") if screen.reminders_on else _ON
    return Drawn(
        text,
        (
            (
                button(say.plain("button-zone"), "set_zone"),
                button(say.plain("button-badge-name"), "badge_name"),
            ),
            (
                button(say.plain(messages[0]), messages[1]),
                button(say.plain("meant-set_reminder"), "reminders"),
            ),
            (button(say.plain("button-privacy"), "privacy"), menu_button(say)),
        ),
    )


_ON = ("button-messages-on", "resume")


@draws(AskSettingsZone)
def draw_ask_settings_zone(screen: AskSettingsZone, say: Say) -> Drawn:
    key = "ask-zone-unclear" if screen.is_unclear else "ask-settings-zone"
    return Drawn(say(key), (*city_rows("my_zone"), (cancel_button(say),)))


@draws(AskBadgeName)
def draw_ask_badge_name(screen: AskBadgeName, say: Say) -> Drawn:
    now = say("ask-badge-name-now", name=screen.badge_name) if screen.badge_name else None
    rows = ((button(say.plain("button-no-name"), "no_name"), cancel_button(say)),)
    return Drawn(paragraphs(say("ask-badge-name"), now), rows)


@draws(Stopped)
def draw_stopped(screen: Stopped, say: Say) -> Drawn:
    resting = say("stopped-resting", count=screen.resting) if screen.resting else None
    rows = ((button(say.plain("button-resume"), "resume"), menu_button(say)),)
    return Drawn(paragraphs(say("stopped"), resting), rows)


@draws(Resumed)
def draw_resumed(screen: Resumed, say: Say) -> Drawn:
    coming = say("resumed-coming", count=screen.coming) if screen.coming else say("resumed-none")
    label = "meant-set_reminder" if screen.coming else "button-set-reminder"
    rows = ((button(say.plain(label), "reminders"), menu_button(say)),)
    return Drawn(lines(say("resumed"), coming), rows)


@draws(DataExport)
def draw_data_export(screen: DataExport, say: Say) -> Drawn:
    return Drawn(
        say("data-export"),
        ((menu_button(say),),),
        Attachment("export", {"person_id": screen.person_id}),
    )


@draws(DeleteConfirm)
def draw_delete_confirm(screen: DeleteConfirm, say: Say) -> Drawn:
    waiting = screen.submissions
    text = paragraphs(
        say("delete-confirm"),
        say("delete-confirm-submissions", count=waiting) if waiting else None,
        say("delete-confirm-roles") if screen.roles else None,
        say("delete-confirm-kept", badges=screen.badges),
        say("delete-confirm-outside"),
    )
    return Drawn(
        text,
        (
            (button(say.plain("button-export-first"), "export"),),
            (button(say.plain("button-delete-now"), "erase"),),
            (button(say.plain("button-keep"), "keep_data"),),
        ),
    )


@draws(Deleted)
def draw_deleted(screen: Deleted, say: Say) -> Drawn:
    kept = say("deleted-badges", badges=screen.badges) if screen.badges else None
    return Drawn(paragraphs(say("deleted"), kept))


@draws(DeleteKept)
def draw_delete_kept(screen: DeleteKept, say: Say) -> Drawn:
    return Drawn(say("delete-kept"), ((menu_button(say),),))


@draws(Cancelled)
def draw_cancelled(screen: Cancelled, say: Say) -> Drawn:
    if screen.kind is None:
        return Drawn(say("cancelled-nothing"), menu_rows(say, ()))
    return Drawn(say("cancelled", kind=screen.kind), ((menu_button(say),),))


@draws(InvitationOffer)
def draw_invitation_offer(screen: InvitationOffer, say: Say) -> Drawn:
    text = paragraphs(
        say("invitation-offer", role=screen.role, institution=screen.institution),
        say("invitation-offer-means", role=screen.role),
    )
    accept = button(say.plain("button-join"), "join", screen.token)
    decline = button(say.plain("button-decline"), "decline_role")
    return Drawn(text, ((accept, decline),))


@draws(InvitationDeclined)
def draw_invitation_declined(screen: InvitationDeclined, say: Say) -> Drawn:
    return Drawn(say("invitation-declined"), ((menu_button(say),),))


@draws(StaffWelcome)
def draw_staff_welcome(screen: StaffWelcome, say: Say) -> Drawn:
    waiting = screen.people
    text = paragraphs(
        say("staff-welcome", role=screen.role),
        say("staff-welcome-means", role=screen.role),
        say("people-waiting", count=waiting) if waiting else None,
    )
    if screen.role != "advisor":
        return Drawn(text, ((menu_button(say),),))
    queue = button(say.plain("button-queue"), "meant", "review")
    people = button(say.plain("button-people"), "people")
    return Drawn(text, ((people,) if waiting else (), (queue, menu_button(say))))
