"""A short film for the demo, made here frame by frame: plants that grow.

A lossy WebP picture is one key frame of VP8, and a WebM file (Matroska, RFC 9559; VP8 in WebP: RFC 9649) may consist of
key frames alone. So a picture library is enough, and no encoder of videos comes with the product.
"""

import io
import struct

from django.core.files.base import ContentFile
from PIL import Image

from vivaio.blueprints.demo.drawings import SCENES, painted
from vivaio.kit.files import Checked, check_video

SIZE, SECONDS, EACH_SECOND = (640, 360), 10, 5
MILLISECOND = 1_000_000  # in nanoseconds


def filmed(name: str) -> Checked:
    """The film of a scene as an upload that has passed its check."""
    count = SECONDS * EACH_SECOND
    frames = [
        frame(painted(SCENES[name], SIZE, grown=growth(number / (count - 1)))) for number in range(count)
    ]
    return check_video(ContentFile(webm(frames), name=f"{name}.webm"))


def growth(part: float) -> float:
    """Slow at first and at the end; whole for the last second."""
    part = min(1.0, part * SECONDS / (SECONDS - 1))
    return part * part * (3 - 2 * part)


def frame(picture: Image.Image) -> bytes:
    """The picture as one key frame of VP8: what its WebP file holds after RIFF's and the chunk's heads."""
    target = io.BytesIO()
    picture.save(target, "WEBP", quality=70)
    found = target.getvalue()
    if found[12:16] != b"VP8 ":
        raise ValueError("Not a simple lossy WebP file.")
    (size,) = struct.unpack("<I", found[16:20])
    return found[20 : 20 + size]


def webm(frames: list[bytes]) -> bytes:
    """The frames as a WebM file, a cluster for each second, with an index of them."""
    head = element(0x1A45DFA3, *(
        element(0x4282, b"webm"), whole(0x4286, 1), whole(0x42F7, 1), whole(0x42F2, 4), whole(0x42F3, 8),
        whole(0x4287, 2), whole(0x4285, 2),
    ))  # fmt: skip
    info = element(0x1549A966, *(
        whole(0x2AD7B1, MILLISECOND), element(0x4489, struct.pack(">d", SECONDS * 1000)),
        element(0x4D80, b"Vivaio"), element(0x5741, b"Vivaio"),
    ))  # fmt: skip
    picture = element(0xE0, whole(0xB0, SIZE[0]), whole(0xBA, SIZE[1]))
    track = element(0xAE, whole(0xD7, 1), whole(0x73C5, 1), whole(0x83, 1), element(0x86, b"V_VP8"), picture)
    tracks = element(0x1654AE6B, track)
    clusters = [
        cluster(second * 1000, frames[second * EACH_SECOND : (second + 1) * EACH_SECOND])
        for second in range(SECONDS)
    ]
    place = len(info) + len(tracks) + len(index([0] * len(clusters)))
    places = []
    for one in clusters:
        places.append(place)
        place += len(one)
    return head + element(0x18538067, info, tracks, index(places), *clusters)


def cluster(begins: int, frames: list[bytes]) -> bytes:
    """Frames that follow each other from a millisecond on."""
    blocks = [
        element(0xA3, b"\x81" + struct.pack(">hB", number * 1000 // EACH_SECOND, 0x80) + content)
        for number, content in enumerate(frames)
    ]
    return element(0x1F43B675, whole(0xE7, begins), *blocks)


def index(places: list[int]) -> bytes:
    """Where each second begins, so that a player can jump there."""
    points = [
        element(0xBB, whole(0xB3, second * 1000), element(0xB7, whole(0xF7, 1), whole(0xF1, place)))
        for second, place in enumerate(places)
    ]
    return element(0x1C53BB6B, *points)


def element(name: int, *content: bytes) -> bytes:
    """An element of EBML: its name, how long it is in eight bytes, what it holds."""
    inside = b"".join(content)
    name_bytes = name.to_bytes((name.bit_length() + 7) // 8, "big")
    return name_bytes + (len(inside) | 1 << 56).to_bytes(8, "big") + inside


def whole(name: int, number: int) -> bytes:
    """A whole number, always in eight bytes: lengths are known before the numbers are."""
    return element(name, number.to_bytes(8, "big"))
