"""People and their roles."""

from datetime import timedelta

import pytest

from credentials.people import (
    InvitationError,
    Role,
    TooManyInvitationsError,
    accept_invitation,
    invite_staff,
    register_person,
    try_invitation,
)


def register(work, user_id=1):
    return register_person(
        work, telegram_user_id=user_id, chat_id=user_id, first_name="Ana", language_code="en"
    )


def test_the_same_account_is_the_same_person(institution):
    with institution.begin() as work:
        first = register(work)
    with institution.begin() as work:
        assert register(work).person_id == first.person_id


def test_an_invitation_gives_its_role_once(institution):
    with institution.begin() as work:
        ana, ben = register(work, 1), register(work, 2)
        invitation = invite_staff(work, role=Role.ADVISOR)
        assert accept_invitation(work, person_id=ana.person_id, token=invitation.token) == "advisor"
        with pytest.raises(InvitationError):
            accept_invitation(work, person_id=ben.person_id, token=invitation.token)
        assert register(work, 1).roles == {"advisor"}


def test_an_invitation_runs_out(institution, clock):
    with institution.begin() as work:
        ana, invitation = register(work), invite_staff(work, role=Role.ADVISOR)
    clock.advance(timedelta(hours=25))
    with institution.begin() as work, pytest.raises(InvitationError):
        accept_invitation(work, person_id=ana.person_id, token=invitation.token)


def test_whoever_guesses_waits_an_hour_even_with_the_right_link(institution, clock):
    with institution.begin() as work:
        ana, ben = register(work, 1).person_id, register(work, 2).person_id
        token = invite_staff(work, role=Role.ADVISOR).token
        for guess in "abcd":
            assert try_invitation(work, person_id=ana, token=guess) is None
        assert try_invitation(work, person_id=ana, token=token) == "advisor"
        assert try_invitation(work, person_id=ana, token="e") is None
        with pytest.raises(TooManyInvitationsError):
            try_invitation(work, person_id=ana, token=token)
        assert try_invitation(work, person_id=ben, token=token) == "advisor"
    clock.advance(timedelta(minutes=61))
    with institution.begin() as work:
        assert try_invitation(work, person_id=ana, token=token) == "advisor"
