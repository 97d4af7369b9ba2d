"""Opens an institution: engine, clock and settings made into one value."""

from credentials.clock import Clock, ShiftedClock, SystemClock
from credentials.database import make_engine
from credentials.settings import Settings
from credentials.unit_of_work import Institution


def open_institution(settings: Settings, clock: Clock | None = None) -> Institution:
    """The institution the settings describe; its schema may still need `migrate`."""
    url = settings.resolved_database_url
    if url.startswith("sqlite"):
        settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    return Institution(
        engine=make_engine(url), clock=clock or open_clock(settings), settings=settings
    )


def open_clock(settings: Settings) -> Clock:
    """The machine's clock, moved where a playground moves it."""
    return ShiftedClock(settings.clock_file) if settings.clock_file else SystemClock()
