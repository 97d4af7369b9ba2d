"""Structured logs: one JSON object a line on stderr; ids and codes, never what people wrote."""

import json
import logging
import re
import sys
from datetime import UTC, datetime

from bot.settings import Settings
from credentials.correlation import current_cause

_STANDARD = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}
_TOKEN = re.compile(r"\b\d{3,}:[A-Za-z0-9_-]{8,}")
_ENCODER = json.JSONEncoder(default=str, ensure_ascii=False)
QUIET = (
    "alembic",
    "httpx",
    "httpcore",
    "apscheduler",
    "telegram",
    "aiohttp",
    "uvicorn",
    "rasa_sdk",
)


class JsonLines(logging.Formatter):
    """A record as one line of JSON; anything that looks like a bot token is struck out."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "event": record.getMessage(),
            "logger": record.name,
        }
        cause = current_cause()
        if cause is not None:
            line["cause"] = cause
        line |= {key: value for key, value in vars(record).items() if key not in _STANDARD}
        if record.exc_info and record.exc_info[0]:
            line["error"] = record.exc_info[0].__name__
            line["where"] = self.formatException(record.exc_info)
        return _TOKEN.sub("<token>", _ENCODER.encode(line))

    def formatException(self, ei: object) -> str:  # noqa: N802  # logging's name
        """The stack without the error's text, which may quote what a person wrote."""
        frames = []
        trace = ei[2] if isinstance(ei, tuple) else None
        while trace is not None:
            code = trace.tb_frame.f_code
            frames.append(f"{code.co_filename}:{trace.tb_lineno} {code.co_name}")
            trace = trace.tb_next
        return " < ".join(reversed(frames[-8:]))


def configure_logging(settings: Settings) -> None:
    """Set the process's logging up once; what no line shows is not looked up for it."""
    logging.logThreads = logging.logProcesses = False
    logging.logMultiprocessing = False
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    logging.basicConfig(level=settings.log_level, handlers=[handler], force=True)
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
