"""People: who somebody is to the institution, their roles, language, zone and consents."""

from credentials.people.naming import choose_badge_name, open_badge_name
from credentials.people.persons import (
    Person,
    chat_of,
    find_person,
    mark_unreachable,
    register_person,
    set_badge_name,
    set_language,
    set_proactive,
    set_zone,
)
from credentials.people.preferences import (
    Preferences,
    QuietHours,
    find_preferences,
    preferences_from,
    set_quiet_hours,
    switch,
)
from credentials.people.roles import (
    Holder,
    Invitation,
    InvitationError,
    Role,
    accept_invitation,
    find_invitation,
    invite_staff,
    list_holders,
    require_role,
    revoke_role,
    staff_with_role,
)
from credentials.people.zones import city_of, find_zone

__all__ = [
    "Holder",
    "Invitation",
    "InvitationError",
    "Person",
    "Preferences",
    "QuietHours",
    "Role",
    "accept_invitation",
    "chat_of",
    "choose_badge_name",
    "city_of",
    "find_invitation",
    "find_person",
    "find_preferences",
    "find_zone",
    "invite_staff",
    "list_holders",
    "mark_unreachable",
    "open_badge_name",
    "preferences_from",
    "register_person",
    "require_role",
    "revoke_role",
    "set_badge_name",
    "set_language",
    "set_proactive",
    "set_quiet_hours",
    "set_zone",
    "staff_with_role",
    "switch",
]
