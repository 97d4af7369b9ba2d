"""Judges one hostile file in a process of its own and tells what it cost, as JSON.

Memory is what the process grew by at its highest; time is CPU time, which other processes on the
machine do not lengthen.
"""

import base64
import gc
import gzip
import io
import json
import struct
import sys
import time
import zlib
from pathlib import Path

from PIL import Image

from tests.unit.credentials.verification.world import World, badge, changed


def chunk(kind, content):
    crc = struct.pack(">I", zlib.crc32(kind + content))
    return struct.pack(">I", len(content)) + kind + content + crc


def png(width, height, *chunks, data=b""):
    size = struct.pack(">II", width, height) + b"\x08\x06\0\0\0"
    parts = [chunk(b"IHDR", size), *chunks, chunk(b"IDAT", data), chunk(b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def picture(kind, size, **options):
    out = io.BytesIO()
    Image.new("RGB", size, "white").save(out, kind, **options)
    return out.getvalue()


def deflated(size):
    compressor = zlib.compressobj(9)
    block = bytes(1024 * 1024)
    parts = [compressor.compress(block) for _ in range(size // len(block))]
    return b"".join([*parts, compressor.flush()])


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
    result = {"type": ["Result"], "alignment": [alignment] * 7}
    return json.dumps(changed("credentialSubject/result", [result, result])).encode()


def entities():
    body = b"".join(b"<g>" for _ in range(200_000))
    return b'<svg xmlns="http://www.w3.org/2000/svg">' + body


MAKE = {
    "png text": png_text,
    "png pixels": lambda: png(
        2_990, 3_000, data=deflated(3_000 * (2_990 * 4 + 1) // 2**20 * 2**20)
    ),
    "jpeg": lambda: picture("JPEG", (3_400, 3_500), progressive=True),
    "webp": lambda: picture("WEBP", (1_870, 1_870), lossless=True),
    "svg": entities,
    "json": lambda: b'{"a":[' + b",".join([b"{}"] * 80_000) + b"]}",
    "deep": lambda: b'{"a":' * 40_000 + b"1",
    "graph": graph,
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


if __name__ == "__main__":
    sys.stdout.write(json.dumps(judged(sys.argv[1])))
