"""The emblem of a credential: a rosette as on banknotes, the same for the same credential.

Its petals and layers follow from the credential's own id, so that two are hardly ever alike.
"""

import hashlib
import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from PIL import Image, ImageDraw

OVERSAMPLING = 3
STEPS = 1_800  # points of a curve
Point = tuple[float, float]
Colour = tuple[int, int, int]


@dataclass(frozen=True)
class Layer:
    """A closed curve around the centre: its radius waves `petals` times by `depth`."""

    radius: float
    depth: float
    petals: int
    strands: int
    twist: float


@lru_cache(maxsize=16)  # 1.3 MB each
def draw_emblem(seed: str, *, diameter: int, colour: Colour, accent: Colour) -> Image.Image:
    """The emblem on a clear ground."""
    size = diameter * OVERSAMPLING
    picture = Image.new("RGBA", (size, size), (*colour, 0))
    pen = ImageDraw.Draw(picture)
    layers = list(_layers(seed))
    for place, layer in enumerate(layers):
        shade = accent if place == len(layers) - 1 else colour
        strength = 235 if place == len(layers) - 1 else 150 + 20 * place
        for strand in range(layer.strands):
            points = list(_curve(layer, strand / layer.strands, size / 2))
            pen.line(points, fill=(*shade, min(strength, 255)), width=OVERSAMPLING, joint="curve")
    _rim(pen, size, colour)
    return picture.resize((diameter, diameter), Image.Resampling.LANCZOS)


def _layers(seed: str) -> Iterator[Layer]:
    digest = hashlib.sha256(seed.encode()).digest()
    symmetry = 5 + digest[0] % 8
    for place, (outer, inner) in enumerate(
        ((0.90, 0.62), (0.66, 0.38), (0.42, 0.16), (0.20, 0.07))
    ):
        bits = digest[1 + place * 3 : 4 + place * 3]
        yield Layer(
            radius=(outer + inner) / 2,
            depth=(outer - inner) / 2 * (0.75 + bits[0] / 1020),
            petals=symmetry * (2 if place % 2 else 1) if place else symmetry * 2,
            strands=5 + bits[1] % 4,
            twist=bits[2] / 255 * 0.5 + 0.15,
        )


def _curve(layer: Layer, phase: float, half: float) -> Iterator[Point]:
    for step in range(STEPS + 1):
        angle = step / STEPS * math.tau
        wave = math.sin(layer.petals * angle + phase * math.tau)
        ripple = math.sin(2 * layer.petals * angle - phase * math.tau * 2) * layer.twist * 0.35
        reach = half * (layer.radius + layer.depth * (wave + ripple) / (1 + layer.twist * 0.35))
        yield half + reach * math.cos(angle), half + reach * math.sin(angle)


def _rim(pen: ImageDraw.ImageDraw, size: int, colour: Colour) -> None:
    for share, weight in ((0.985, 2), (0.955, 1)):
        edge = size / 2 * (1 - share)
        box = (edge, edge, size - edge, size - edge)
        pen.ellipse(box, outline=(*colour, 220), width=weight * OVERSAMPLING)
    teeth = 120
    for tooth in range(teeth):
        angle = tooth / teeth * math.tau
        near, far = size / 2 * 0.962, size / 2 * 0.978
        ends = [
            (size / 2 + reach * math.cos(angle), size / 2 + reach * math.sin(angle))
            for reach in (near, far)
        ]
        pen.line([*ends[0], *ends[1]], fill=(*colour, 190), width=OVERSAMPLING)
