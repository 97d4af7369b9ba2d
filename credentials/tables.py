"""Every room's tables, imported so that the schema is whole."""

from importlib import import_module
from pkgutil import walk_packages

import credentials


def import_rooms() -> None:
    """Import every `models` module of the domain and the modules that hold one table."""
    for name in (
        "audit",
        "drafts",
        "files",
        "inbox",
        "outbox",
        "sealed_secrets",
        "sending_budget",
        "turns",
    ):
        import_module(f"credentials.{name}")
    for module in walk_packages(credentials.__path__, "credentials."):
        if module.name.endswith(".models"):
            import_module(module.name)
