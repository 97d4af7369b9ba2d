"""What broke: a reference for the person, an event for the log, no personal text in either."""

import logging
import secrets

from telegram.ext import CallbackContext

from actions.screens.general import Failed
from bot.telegram.context import Context
from credentials.errors import CredentialsError

log = logging.getLogger(__name__)


async def report_failure(update: object, context: CallbackContext) -> None:  # type: ignore[type-arg]
    """PTB's error handler."""
    assert isinstance(context, Context)
    error = context.error
    if isinstance(error, CredentialsError):
        await context.refuse(error)
        return
    reference = secrets.token_hex(4).upper()
    log.error(
        "handler failed",
        exc_info=error,
        extra={"reference": reference, "update_id": context.key.update_id},
    )
    await context.show(lambda work, person: Failed(reference=reference), in_place=False)
