"""People: who somebody is to the institution, their roles, language, zone and consents."""

from credentials.people.persons import (
    Person,
    chat_of,
    find_person,
    mark_unreachable,
    register_person,
    set_language,
    set_proactive,
    set_zone,
)
from credentials.people.roles import (
    Invitation,
    InvitationError,
    Role,
    accept_invitation,
    invite_staff,
    require_role,
    staff_with_role,
)

__all__ = [
    "Invitation",
    "InvitationError",
    "Person",
    "Role",
    "accept_invitation",
    "chat_of",
    "find_person",
    "invite_staff",
    "mark_unreachable",
    "register_person",
    "require_role",
    "set_language",
    "set_proactive",
    "set_zone",
    "staff_with_role",
]
