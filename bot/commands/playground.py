"""`skillmark playground`."""

from pathlib import Path

from bot.playground.server import serve


def serve_playground(port: int, story: str | None, clock_file: str | None) -> None:
    """The playground."""
    serve(
        port,
        story_folder=Path(story) if story else None,
        clock_file=Path(clock_file) if clock_file else None,
    )
