"""Drawings for the demo's pages, made here: real photos belong to those who took them."""

import io
import math
import random
from dataclasses import dataclass
from functools import lru_cache

from django.core.files.base import ContentFile
from PIL import Image, ImageDraw

from vivaio.kit.files import Checked, check

SIZE = (1500, 1000)
OVER = 2  # drawn larger, then made smaller: smooth edges
INK = {"forest": "#12392b", "leaf": "#1f6646", "sprout": "#b9d8a8", "sage": "#e9f1e4", "straw": "#f6e7bd",
       "terracotta": "#a3431d", "ochre": "#d9a441"}  # fmt: skip


@dataclass(frozen=True)
class Scene:
    """A drawing: its ground, its stems, its seed."""

    ground: str
    stem: str
    leaf: str
    sun: str
    stems: int
    seed: int


SCENES = {
    "seedbed": Scene("straw", "leaf", "leaf", "ochre", 7, 3),
    "grove": Scene("forest", "sprout", "sprout", "terracotta", 4, 11),
    "meadow": Scene("sage", "leaf", "leaf", "terracotta", 11, 5),
    "shoots": Scene("leaf", "sage", "sprout", "ochre", 5, 8),
}


def drawn(name: str, size: tuple[int, int] = SIZE) -> Checked:
    """The drawing as an upload that has passed its check."""
    return check(ContentFile(png(name, size), name=f"{name}.png"), kinds=("png",))


@lru_cache
def png(name: str, size: tuple[int, int]) -> bytes:
    """The drawing's bytes, painted once."""
    target = io.BytesIO()
    painted(SCENES[name], size).save(target, "PNG")
    return target.getvalue()


def painted(scene: Scene, size: tuple[int, int], grown: float = 1.0) -> Image.Image:
    """The scene in a size, its plants `grown` as a part of their height."""
    chance = random.Random(scene.seed)  # noqa: S311 a drawing, no secret
    width, height = (side * OVER for side in size)
    picture = Image.new("RGB", (width, height), INK[scene.ground])
    pen = ImageDraw.Draw(picture)
    radius = height * 0.17
    centre = (width * chance.uniform(0.2, 0.8), height * 0.3)
    pen.ellipse(
        [centre[0] - radius, centre[1] - radius, centre[0] + radius, centre[1] + radius], fill=INK[scene.sun]
    )
    for number in range(scene.stems):
        foot = width * (number + 0.6 + chance.uniform(-0.2, 0.2)) / (scene.stems + 0.2)
        grow(pen, scene, foot, height, height * chance.uniform(0.4, 0.75) * grown, chance)
    return picture.resize(size, Image.Resampling.LANCZOS)


def grow(
    pen: ImageDraw.ImageDraw, scene: Scene, foot: float, ground: float, tall: float, chance: random.Random
) -> None:
    """A stem with pairs of leaves, bent a little."""
    bend = chance.uniform(-0.12, 0.12) * tall
    points = [(foot + bend * (step / 20) ** 2, ground - tall * step / 20) for step in range(21)]
    pen.line(points, fill=INK[scene.stem], width=int(tall * 0.018), joint="curve")
    for step in range(6, 21, 5):
        for side in (-1, 1):
            angle = math.radians(chance.uniform(25, 50))
            leaf(pen, points[step], tall * 0.2 * (1.25 - step / 30), side, angle, INK[scene.leaf])


def leaf(
    pen: ImageDraw.ImageDraw, root: tuple[float, float], length: float, side: int, angle: float, colour: str
) -> None:
    """A pointed leaf that grows from its root to one side."""
    outline = []
    for half in (1, -1):
        steps = range(13) if half == 1 else range(12, -1, -1)
        for step in steps:
            along, across = length * step / 12, half * math.sin(math.pi * step / 12) * length * 0.28
            outline.append((
                root[0] + side * (along * math.cos(angle) - across * math.sin(angle)),
                root[1] - (along * math.sin(angle) + across * math.cos(angle)),
            ))  # fmt: skip
    pen.polygon(outline, fill=colour)
