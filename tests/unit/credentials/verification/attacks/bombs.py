"""Judges hostile files, each in a process of its own, and tells what they cost: a line of JSON each.

Memory is what the process grew by at its highest; time is CPU time, which other processes on the
machine do not lengthen.
"""

import base64
import gc
import gzip
import io
import json
import os
import struct
import sys
import time
import zlib
from pathlib import Path

from PIL import Image

from credentials.openbadges.vocabulary import CREDENTIALS_V2, OPEN_BADGES
from tests.unit.credentials.verification.world import CREATED, World, badge, changed


def chunk(kind, content):
    crc = struct.pack(">I", zlib.crc32(kind + content))
    return struct.pack(">I", len(content)) + kind + content + crc


def png(width, height, *chunks, data=b""):
    size = struct.pack(">II", width, height) + b"\x08\x06\0\0\0"
    parts = [chunk(b"IHDR", size), *chunks, chunk(b"IDAT", data), chunk(b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def picture(kind, size, mode="RGB", **options):
    out = io.BytesIO()
    Image.new(mode, size, "white").save(out, kind, **options)
    return out.getvalue()


def deflated(size):
    compressor = zlib.compressobj(9)
    block = bytes(1024 * 1024)
    parts = [compressor.compress(block) for _ in range(size // len(block))]
    return b"".join([*parts, compressor.flush()])


def png_pixels(*chunks):
    return png(2_990, 3_000, *chunks, data=deflated(3_000 * (2_990 * 4 + 1) // 2**20 * 2**20))


def png_texts():
    text = zlib.compress(b"a" * (2**20 - 16), 9)
    return png_pixels(*[chunk(b"zTXt", f"{n}\0\0".encode() + text) for n in range(62)])


def jpeg_scans():
    """64 megapixels in three scans, of blocks without content: two bits each."""
    blocks = bytes(1_000 * 1_000 * 2 // 8)
    codes = b"\x01" + bytes(15) + b"\0"  # one code of one bit, for "nothing"
    parts = [
        b"\xff\xd8",
        _segment(0xDB, b"\0" + b"\x01" * 64),
        _segment(0xC0, struct.pack(">BHHB", 8, 8_000, 8_000, 3) + b"\1\x11\0\2\x11\0\3\x11\0"),
        _segment(0xC4, b"\x00" + codes),
        _segment(0xC4, b"\x10" + codes),
        *[_segment(0xDA, bytes([1, part, 0, 0, 63, 0])) + blocks for part in (1, 2, 3)],
    ]
    return b"".join([*parts, b"\xff\xd9"])


def _segment(kind, content):
    return bytes([0xFF, kind]) + struct.pack(">H", len(content) + 2) + content


def png_text():
    keyword = b"openbadgecredential\0\1\0\0\0"
    return png(8, 8, chunk(b"iTXt", keyword + deflated(300 * 1024 * 1024)))


def status_list(world):
    bomb = gzip.compress(bytes(200 * 1024 * 1024), 9)[:180_000]
    encoded = base64.urlsafe_b64encode(bomb).rstrip(b"=").decode()
    subject = {**world.status_list()["credentialSubject"], "encodedList": "u" + encoded}
    world.list_changes = {"credentialSubject": subject}


def graph():
    alignment = {"type": ["Alignment"], "targetName": "a", "targetUrl": "https://a.example/"}
    alike = {"type": ["Result"], "alignment": [alignment] * 6}
    return json.dumps(changed("credentialSubject/result", [alike, alike])).encode()


def decoys():
    """Members that look alike, under one that looks like another until its members are seen."""
    alignment = {"type": ["Alignment"], "targetName": "a", "targetUrl": "https://a.example/"}
    others = [{**alignment, "targetName": str(number)} for number in range(6)]
    pair = [{"type": ["Result"], "alignment": these} for these in ([alignment] * 6, others)]
    return json.dumps(changed("credentialSubject/result", pair)).encode()


def contexts():
    named = [*badge()["@context"], *[OPEN_BADGES] * 3_500]
    # Not in the plainest form, so that a JSON-LD processor has to read it.
    return json.dumps(
        {**changed("credentialSubject/creditsEarned", -0.0), "@context": named}
    ).encode()


def contexts_inside():
    endorsement = {
        "@context": [CREDENTIALS_V2, *[OPEN_BADGES] * 3_500],
        "id": "urn:example:x",
        "type": ["VerifiableCredential", "EndorsementCredential"],
        "name": "x",
        "issuer": {"id": "did:web:a.example", "type": ["Profile"]},
        "validFrom": CREATED,
        "credentialSubject": {"id": badge()["id"], "type": ["EndorsementSubject"]},
    }
    return json.dumps(changed("endorsement", [endorsement])).encode()


def context_unknown():
    """What is tried with every known context in place of the unknown one."""
    evidence = [{"type": ["Evidence"], "name": str(number)} for number in range(6_000)]
    document = changed("credentialSubject/creditsEarned", -0.0, changed("evidence", evidence))
    named = [*document["@context"], "https://example.org/unknown.json"]
    return json.dumps({**document, "@context": named}).encode()


def twins():
    return json.dumps(changed("evidence", [{"type": ["Evidence"]}] * 9_000)).encode()


def proofs():
    evidence = [{"type": ["Evidence"], "name": str(number)} for number in range(5_500)]
    document = changed("credentialSubject/creditsEarned", -0.0, changed("evidence", evidence))
    (proof,) = document["proof"]
    several = [{**proof, "nonce": str(number)} for number in range(4)]
    return json.dumps({**document, "proof": several}).encode()


def wide(size):
    """A text whose characters take four bytes each in memory."""
    return "\U0001f600" + "a" * (size - 4)


def svg(body):
    return f'<svg xmlns="http://www.w3.org/2000/svg">{body}</svg>'.encode()


MAKE = {
    "png text": png_text,
    "png texts": png_texts,
    "png pixels": png_pixels,
    "jpeg": lambda: picture("JPEG", (3_400, 3_500), progressive=True),
    "jpeg whole": lambda: picture("JPEG", (3_400, 3_500), progressive=True, subsampling=0),
    "jpeg scans": jpeg_scans,
    "jpeg inks": lambda: picture("JPEG", (8_000, 7_900), mode="CMYK"),
    "jpeg strip": lambda: picture("JPEG", (65_000, 980)),
    "webp": lambda: picture("WEBP", (1_870, 1_870), lossless=True),
    "svg levels": lambda: svg("<g>" * 200_000),
    "svg attributes": lambda: svg("<g " + " ".join(f"a{n}=''" for n in range(600_000)) + "/>"),
    "svg names": lambda: svg("".join(f"<g{n}/>" for n in range(700_000))),
    "svg prefixes": lambda: svg("".join(f'<g xmlns:a{n}="urn:{n}"/>' for n in range(200_000))),
    "svg text": lambda: svg(f"<text>{wide(8_000_000)}</text>"),
    "svg attribute": lambda: svg(f'<g a="{wide(8_000_000)}"/>'),
    "svg credential": lambda: svg(
        '<o:credential xmlns:o="https://purl.imsglobal.org/ob/v3p0">'
        f"{wide(8_000_000)}</o:credential>"
    ),
    "text": lambda: wide(20 * 1024 * 1024).encode(),
    "blanks": lambda: b" " * (19 * 1024 * 1024) + wide(1024 * 1024).encode(),
    "json": lambda: b'{"a":[' + b",".join([b"{}"] * 80_000) + b"]}",
    "deep": lambda: b'{"a":' * 40_000 + b"1",
    "graph": graph,
    "decoys": decoys,
    "twins": twins,
    "proofs": proofs,
    "context unknown": context_unknown,
    "contexts": contexts,
    "contexts inside": contexts_inside,
    "name": lambda: json.dumps(changed("evidence/0/id", "urn:x:" + "a" * 200_000)).encode(),
    "list": lambda: json.dumps(badge()).encode(),
    "token": lambda: b"eyJ" + b"A" * 250_000 + b"." + b"A" * 5_000 + b".AA",
}


def judged(name):
    world = World()
    world.judge(json.dumps(badge()).encode())  # what is loaded once is not counted
    content = MAKE[name]()
    if name == "list":
        status_list(world)
    gc.collect()
    Path("/proc/self/clear_refs").write_text("5")  # the highest mark starts again from here
    before, began = memory("VmRSS"), time.process_time()
    verdict = world.judge(content)
    return {
        "verdict": verdict.verdict,
        "code": verdict.code,
        "mebibytes": round((memory("VmHWM") - before) / 1024, 1),
        "cpu_seconds": round(time.process_time() - began, 2),
    }


def memory(name):
    """KiB of this process, from proc(5)."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(name))


def told(name):
    """What `judged` says, from a child: what one leaves behind is not counted for the next."""
    reader, writer = os.pipe()
    child = os.fork()
    if not child:
        with os.fdopen(writer, "w") as out:
            json.dump({"name": name, **judged(name)}, out)
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader) as lines:
        line = lines.read()
    os.waitpid(child, 0)
    return line


if __name__ == "__main__":
    for name in MAKE:
        sys.stdout.write(told(name) + "\n")
