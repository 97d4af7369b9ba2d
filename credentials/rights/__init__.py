"""Rights over one's data, over every room: export and erasure."""

from credentials.rights.erasure import (
    ErasureNotice,
    describe_erasure,
    erase_person,
    finish_erasures,
)
from credentials.rights.export import build_export, export_person, request_export

__all__ = [
    "ErasureNotice",
    "build_export",
    "describe_erasure",
    "erase_person",
    "export_person",
    "finish_erasures",
    "request_export",
]
