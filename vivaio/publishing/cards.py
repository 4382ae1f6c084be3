"""The picture shown where a page is shared: drawn here, from the programme's look; nobody else's service is asked."""

import io
import math
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from PIL import Image, ImageDraw, ImageFont

WIDTH, HEIGHT = 1200, 630
MARGIN = 84
FOREST, SPROUT, WHITE = "#12392b", "#b9d8a8", "#ffffff"
FONTS = Path("node_modules/bootstrap-italia/dist/fonts")
SERIF = "Lora/lora-v20-latin-ext_latin-700.ttf"
SANS = "Titillium_Web/titillium-web-v10-latin-ext_latin-600.ttf"
LARGEST, SMALLEST, MOST_LINES = 84, 44, 4
# The one branch of the look: each leaf from its root, how far, at which angle (degrees, clockwise from the right).
LEAVES = ((960, 560, 230, -28), (950, 545, 210, -150), (1000, 400, 220, -22), (990, 390, 200, -155),
          (1050, 250, 200, -30), (1040, 240, 170, -150), (1100, 130, 170, -70))  # fmt: skip


def drawn(*, title: str, eyebrow: str, footer: str, colour: str) -> bytes:
    """A PNG of 1200 x 630 points."""
    ground = colour or FOREST
    picture = Image.new("RGB", (WIDTH, HEIGHT), ground)
    branch(picture, ground)
    pen = ImageDraw.Draw(picture)
    sans = face(SANS, 34)
    pen.text(
        (MARGIN, MARGIN),
        shortened(eyebrow, sans, WIDTH - 2 * MARGIN),
        font=sans,
        fill=SPROUT if not colour else WHITE,
    )
    font, lines = set_in(title, WIDTH - 2 * MARGIN - 120)
    top = MARGIN + 74
    for line in lines:
        pen.text((MARGIN, top), line, font=font, fill=WHITE)
        top += round(font.size * 1.16)
    pen.text(
        (MARGIN, HEIGHT - MARGIN - 30), shortened(footer, sans, WIDTH - 2 * MARGIN), font=sans, fill=WHITE
    )
    target = io.BytesIO()
    picture.save(target, "PNG", optimize=True)
    return target.getvalue()


@lru_cache(maxsize=16)
def face(name: str, size: int) -> ImageFont.FreeTypeFont:
    """A typeface of the look, from the front-end packages."""
    return ImageFont.truetype(str(Path(settings.BASE_DIR) / FONTS / name), size)


def set_in(title: str, width: int) -> tuple[ImageFont.FreeTypeFont, list[str]]:
    """The title in the largest letters in which it stands on few lines; the last one is cut if it must be."""
    for size in range(LARGEST, SMALLEST, -6):
        lines = wrapped(title, face(SERIF, size), width)
        if len(lines) <= (3 if size > 60 else MOST_LINES):
            return face(SERIF, size), lines
    font = face(SERIF, SMALLEST)
    lines = wrapped(title, font, width)
    kept = lines[:MOST_LINES]
    if len(lines) > MOST_LINES:
        kept[-1] = shortened(" ".join(lines[MOST_LINES - 1 :]), font, width)
    return font, kept


def wrapped(text: str, font: ImageFont.FreeTypeFont, width: int) -> list[str]:
    """The text in lines that are no wider; a word that is wider by itself is cut."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and font.getlength(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(shortened(word, font, width))
    return lines


def shortened(text: str, font: ImageFont.FreeTypeFont, width: int) -> str:
    """The text, or as much of it as there is room for."""
    if font.getlength(text) <= width:
        return text
    while text and font.getlength(f"{text}…") > width:
        text = text[:-1]
    return f"{text.rstrip()}…"


def branch(picture: Image.Image, ground: str) -> None:
    """The branch behind the title: a little lighter than the ground, drawn larger and made smaller for smooth edges."""
    over = 2
    layer = Image.new("L", (WIDTH * over, HEIGHT * over), 0)
    pen = ImageDraw.Draw(layer)
    stem = [(930 + 190 * (step / 30) ** 1.6, HEIGHT - (HEIGHT - 90) * step / 30) for step in range(31)]
    pen.line([(x * over, y * over) for x, y in stem], fill=20, width=8 * over, joint="curve")
    for x, y, length, degrees in LEAVES:
        pen.polygon([(px * over, py * over) for px, py in leaf(x, y, length, math.radians(degrees))], fill=20)
    mask = layer.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)
    picture.paste(Image.new("RGB", (WIDTH, HEIGHT), WHITE), (0, 0), mask)


def leaf(x: float, y: float, length: float, angle: float) -> list[tuple[float, float]]:
    """The outline of a pointed leaf."""
    outline = []
    for side, steps in ((1, range(17)), (-1, range(16, -1, -1))):
        for step in steps:
            along, across = length * step / 16, side * math.sin(math.pi * step / 16) * length * 0.24
            outline.append((
                x + along * math.cos(angle) - across * math.sin(angle),
                y + along * math.sin(angle) + across * math.cos(angle),
            ))  # fmt: skip
    return outline
