"""How well a colour reads: the contrast ratio of WCAG 2.2 (relative luminance, success criterion 1.4.3)."""

import re

HEX = re.compile(r"#[0-9a-fA-F]{6}")
WHITE = "#ffffff"
ENOUGH = 4.5


def channels(colour: str) -> tuple[int, int, int]:
    """Red, green and blue of `#rrggbb`. Raises `ValueError` for anything else."""
    if not HEX.fullmatch(colour):
        raise ValueError(f"{colour!r} is not a colour like #1f6646.")
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def luminance(colour: str) -> float:
    """Relative luminance, 0 (black) to 1 (white)."""
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (channel / 255 for channel in channels(colour))
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def ratio(one: str, other: str = WHITE) -> float:
    """Contrast between two colours, 1 (the same) to 21 (black on white)."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def readable(colour: str) -> bool:
    """Whether white words can be read on the colour, and its words on white."""
    return ratio(colour) >= ENOUGH


def darkened(colour: str) -> str:
    """The closest darker shade of the same hue that can be read."""
    found = channels(colour)
    for step in range(100, -1, -1):
        red, green, blue = (channel * step // 100 for channel in found)
        shade = f"#{red:02x}{green:02x}{blue:02x}"
        if readable(shade):
            return shade
    return "#000000"
