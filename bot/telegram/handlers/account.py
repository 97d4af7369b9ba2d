"""Settings, one's data, the way in for staff."""

from telegram.constants import ChatMemberStatus

from actions.screens import Screen
from actions.screens.account import (
    AskBadgeName,
    AskSettingsZone,
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
from bot.telegram.context import Context
from bot.telegram.routes import Routes
from credentials.handoff import waiting_for
from credentials.people import (
    InvitationError,
    Person,
    Role,
    accept_invitation,
    choose_badge_name,
    mark_unreachable,
    open_badge_name,
    try_invitation,
)
from credentials.reminders import (
    answer_zone,
    change_zone,
    open_zone,
    resume_writing,
    stop_writing,
)
from credentials.rights import describe_erasure, erase_person, request_export
from credentials.unit_of_work import Work

GONE = frozenset({ChatMemberStatus.BANNED, ChatMemberStatus.LEFT})
INVITATION = "s_"


async def show_settings(context: Context) -> None:
    await context.show(lambda work, person: Settings.of(person))


async def ask_zone(context: Context) -> None:
    def use_case(work: Work, person: Person) -> Screen:
        open_zone(work, person_id=person.person_id)
        return AskSettingsZone()

    await context.show(use_case)


async def take_zone(context: Context) -> None:
    zone = context.press.id.replace("~", "/")
    await context.show(
        lambda work, person: Settings.of(change_zone(work, person_id=person.person_id, zone=zone))
    )


async def read_zone(context: Context) -> None:
    def use_case(work: Work, person: Person) -> Screen:
        found = answer_zone(work, person_id=person.person_id, text=context.text)
        return Settings.of(found) if found else AskSettingsZone(is_unclear=True)

    await context.show(use_case)


async def ask_name(context: Context) -> None:
    def use_case(work: Work, person: Person) -> Screen:
        open_badge_name(work, person_id=person.person_id)
        return AskBadgeName(badge_name=person.badge_name)

    await context.show(use_case)


async def read_name(context: Context) -> None:
    await _choose_name(context, context.text)


async def take_no_name(context: Context) -> None:
    await _choose_name(context, None)


async def _choose_name(context: Context, name: str | None) -> None:
    await context.show(
        lambda work, person: Settings.of(
            choose_badge_name(work, person_id=person.person_id, name=name)
        )
    )


async def stop_messages(context: Context) -> None:
    await context.show(
        lambda work, person: Stopped(resting=stop_writing(work, person_id=person.person_id))
    )


async def resume_messages(context: Context) -> None:
    await context.show(
        lambda work, person: Resumed(coming=len(resume_writing(work, person_id=person.person_id)))
    )


async def send_export(context: Context) -> None:
    def use_case(work: Work, person: Person) -> Screen:
        request_export(work, person_id=person.person_id)
        return DataExport(person_id=person.person_id)

    await context.show(use_case, in_place=False)


async def confirm_deletion(context: Context) -> None:
    await context.show(
        lambda work, person: DeleteConfirm.of(describe_erasure(work, person_id=person.person_id))
    )


async def delete_everything(context: Context) -> None:
    await context.show(
        lambda work, person: Deleted(badges=erase_person(work, person_id=person.person_id).badges)
    )


async def keep_everything(context: Context) -> None:
    await context.show(lambda work, person: DeleteKept())


async def offer_role(context: Context) -> None:
    token = context.argument.removeprefix(INVITATION)
    role = await _role_offered(context, token)
    await context.show(
        lambda work, person: InvitationOffer(
            role=role, token=token, institution=work.settings.institution_name
        )
    )


async def take_role(context: Context) -> None:
    token = context.press.id
    await _role_offered(context, token)

    def use_case(work: Work, person: Person) -> Screen:
        role = accept_invitation(work, person_id=person.person_id, token=token)
        is_advisor = role is Role.ADVISOR
        waiting = waiting_for(work, advisor_id=person.person_id) if is_advisor else []
        return StaffWelcome(role=role, people=len(waiting))

    await context.show(use_case)
    await context.publish_commands()


async def _role_offered(context: Context, token: str) -> Role:
    """The role a token leads to; what leads nowhere is counted before it is refused."""
    role = await context.look(
        lambda work, person: try_invitation(work, person_id=person.person_id, token=token)
    )
    if role is None:
        raise InvitationError
    return role


async def decline_role(context: Context) -> None:
    await context.show(lambda work, person: InvitationDeclined())


async def note_membership(context: Context) -> None:
    """Somebody blocked the bot, or let it write again."""
    change = context.incoming.my_chat_member
    is_gone = change is not None and change.new_chat_member.status in GONE

    def use_case(work: Work, person: Person) -> None:
        if is_gone:
            mark_unreachable(work, person.person_id)

    await context.show(use_case)


ROUTES = Routes(
    commands={
        "settings": show_settings,
        "stop": stop_messages,
        "resume": resume_messages,
        "export": send_export,
        "delete": confirm_deletion,
    },
    presses={
        "settings": show_settings,
        "set_zone": ask_zone,
        "my_zone": take_zone,
        "badge_name": ask_name,
        "no_name": take_no_name,
        "stop": stop_messages,
        "resume": resume_messages,
        "export": send_export,
        "delete": confirm_deletion,
        "erase": delete_everything,
        "keep_data": keep_everything,
        "join": take_role,
        "decline_role": decline_role,
    },
    start_links={INVITATION: offer_role},
    texts={
        "zone": read_zone,
        "name": read_name,
    },
    resumes={
        "zone": lambda work, person: AskSettingsZone(),
        "name": lambda work, person: AskBadgeName(badge_name=person.badge_name),
    },
)
