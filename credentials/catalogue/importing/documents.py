"""JSON documents out of files, folders and archives: limited in size, named when they are broken."""

import base64
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from credentials.catalogue.importing.distributions import MB, Distribution, DistributionFile
from credentials.catalogue.importing.refusals import ImportRefusedError

MAX_DOCUMENT_BYTES = 32 * MB
MAX_DOCUMENTS = 200_000
ENDINGS = (".json", ".jsonld", ".jwt")


@dataclass(frozen=True, slots=True)
class Document:
    """One JSON object, and the file it stands in."""

    file: str
    node: Mapping[str, Any]


def read_documents(distribution: Distribution, broken: list[str] | None = None) -> list[Document]:
    """Every JSON object; an array is as many. With `broken`, files that cannot be read go there.

    Raises:
        ImportRefusedError: there is none, or a file cannot be read.
    """
    files = [file for file in distribution.files if file.name.lower().endswith(ENDINGS)]
    if len(distribution.files) == 1:
        files = list(distribution.files)  # one file given by name may be called anything
    if not files:
        raise ImportRefusedError(f"{distribution.name} holds no .json file")
    found: list[Document] = []
    for file in files:
        try:
            found.extend(Document(file.name, node) for node in _objects(file))
        except ImportRefusedError as error:
            if broken is None:
                raise
            broken.append(str(error))
        if len(found) > MAX_DOCUMENTS:
            raise ImportRefusedError(f"{distribution.name} holds over {MAX_DOCUMENTS:,} documents")
    return found


def read_json(text: str, file: str) -> Any:
    """JSON, or an error with its line.

    Raises:
        ImportRefusedError: it is none.
    """
    try:
        return json.loads(text, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        raise ImportRefusedError(
            f"is no JSON ({error.msg}, column {error.colno}); was it cut off?",
            file=file,
            line=error.lineno,
        ) from error
    except (RecursionError, ValueError) as error:
        raise ImportRefusedError(f"cannot be read ({error})", file=file) from error


def jwt_payload(token: str, file: str) -> Any:
    """What a JSON Web Token says. Its signature is not looked at: importing trusts the file.

    Raises:
        ImportRefusedError: it is no token.
    """
    parts = token.strip().split(".")
    if len(parts) != 3:
        raise ImportRefusedError("holds a resource that is no JSON Web Token", file=file)
    try:
        payload = base64.urlsafe_b64decode(parts[1] + "=" * (-len(parts[1]) % 4))
        return read_json(payload.decode("utf-8-sig"), file)
    except (ValueError, UnicodeDecodeError) as error:
        raise ImportRefusedError(f"holds a damaged token ({error})", file=file) from error


def _objects(file: DistributionFile) -> Iterator[Mapping[str, Any]]:
    text = _text(file)
    whole = jwt_payload(text, file.name) if text.startswith("eyJ") else read_json(text, file.name)
    for node in whole if isinstance(whole, list) else [whole]:
        if not isinstance(node, dict):
            raise ImportRefusedError("holds something that is no JSON object", file=file.name)
        yield node


def _text(file: DistributionFile) -> str:
    if file.size > MAX_DOCUMENT_BYTES:
        raise ImportRefusedError(
            f"holds {file.size // MB:,} MB; at most {MAX_DOCUMENT_BYTES // MB} MB are read",
            file=file.name,
        )
    content = bytearray()
    with file.open() as stream:
        while block := stream.read():
            content += block
            if len(content) > MAX_DOCUMENT_BYTES:
                raise ImportRefusedError("is larger than it says", file=file.name)
    return decode(bytes(content), file.name)


def decode(content: bytes, file: str) -> str:
    """UTF-8 with or without a BOM; UTF-16 with one; what is left is Windows-1252, if it can be.

    RFC 8259 §8.1 asks for UTF-8; the registry's own samples hold both BOMs and Windows-1252.

    Raises:
        ImportRefusedError: it is none of these.
    """
    is_utf16 = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    encodings = ["utf-16"] if is_utf16 else ["utf-8-sig", "cp1252"]
    place = 0
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError as error:
            place = error.start
    line = content.count(b"\n", 0, place) + 1
    raise ImportRefusedError("is neither UTF-8 nor Windows-1252", file=file, line=line)


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is no JSON value")
