"""Pictures as pages show them: no larger than needed, upright, without what a camera writes into them."""

import io
import secrets
from dataclasses import dataclass
from typing import Any

from django.core.files.base import ContentFile
from PIL import Image, ImageOps

QUALITY = 82
GROUND = "#ffffff"


@dataclass(frozen=True)
class Fitted:
    """A picture made for a page."""

    file: ContentFile
    width: int
    height: int


def fitted(source: Any, longest: int) -> Fitted:
    """A JPEG of the checked picture whose longer side has at most `longest` points.

    The picture is turned as the camera says; place, time, device and everything else that the file carried
    besides the picture (EXIF, XMP, comments) is left behind, because only the points are written again.
    """
    source.seek(0)
    with Image.open(source) as opened:
        picture = ImageOps.exif_transpose(opened)
        if picture.mode in ("RGBA", "LA", "P"):
            picture = picture.convert("RGBA")
            ground = Image.new("RGBA", picture.size, GROUND)
            picture = Image.alpha_composite(ground, picture)
        picture = picture.convert("RGB")
    picture.thumbnail((longest, longest), Image.Resampling.LANCZOS)
    plain = Image.new("RGB", picture.size)
    plain.paste(picture)
    target = io.BytesIO()
    plain.save(target, "JPEG", quality=QUALITY, optimize=True, progressive=True)
    name = f"{secrets.token_hex(16)}.jpg"
    return Fitted(ContentFile(target.getvalue(), name=name), plain.width, plain.height)
