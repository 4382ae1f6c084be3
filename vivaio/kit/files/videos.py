"""Videos and their captions: checked by content, like every other file."""

import re
import struct

from django.conf import settings
from django.core.files.base import File
from django.utils.translation import gettext_lazy as _

from vivaio.kit.files.checks import DAMAGED, Checked, FileRefused, sized, taken_in
from vivaio.kit.files.fields import CheckedField
from vivaio.kit.files.names import display_name

VIDEOS = {"mp4": (".mp4", "video/mp4"), "webm": (".webm", "video/webm")}
EBML = b"\x1a\x45\xdf\xa3"
LARGEST_CAPTIONS = 500_000
NOT_A_VIDEO = _("Here you can upload MP4 or WebM. Save it as one of these and upload it again.")
NOT_CAPTIONS = _(
    "It is not a WebVTT file: its first line must be WEBVTT, then come the lines, each with its time, like"
    " 00:01.000 --> 00:04.000."
)
CUE = re.compile(
    r"^(?:\d{2,}:)?[0-5]\d:[0-5]\d\.\d{3}[ \t]+-->[ \t]+(?:\d{2,}:)?[0-5]\d:[0-5]\d\.\d{3}", re.M
)


def check_video(upload: File) -> Checked:
    """Look into the file. Raises `FileRefused` unless it is a whole MP4 or WebM, small enough."""
    name = sized(upload, settings.MAX_VIDEO_BYTES)
    kind = kind_of(upload, name)
    return taken_in(upload, name, kind, *VIDEOS[kind])


def kind_of(upload: File, name: str) -> str:
    """`mp4` or `webm`, by the content. Raises `FileRefused` for what is neither, or not whole."""
    upload.seek(0)
    head = upload.read(4096)
    if head.startswith(EBML) and b"webm" in head[:64]:
        return "webm"
    if head[4:8] != b"ftyp" or head[8:12] in (b"heic", b"heix", b"mif1", b"avif", b"qt  "):
        raise FileRefused(name, NOT_A_VIDEO)
    if not {b"moov", b"mdat"} <= boxes_of(upload):
        raise FileRefused(name, DAMAGED)
    return "mp4"


def boxes_of(upload: File) -> set[bytes]:
    """The names of an MP4's outermost boxes, as far as their sizes add up to the file's."""
    found: set[bytes] = set()
    place = 0
    while place + 8 <= upload.size and len(found) < 64:
        upload.seek(place)
        size, name = struct.unpack(">I4s", upload.read(8))
        if size == 1:
            size = struct.unpack(">Q", upload.read(8).ljust(8, b"\0"))[0]
        elif size == 0:
            size = upload.size - place
        if size < 8 or place + size > upload.size:
            return set()
        found.add(name)
        place += size
    return found


def check_captions(upload: File) -> str:
    """The text of a WebVTT file. Raises `FileRefused` unless it is one, with at least one line in time."""
    name = display_name(upload.name)
    if upload.size > LARGEST_CAPTIONS:
        raise FileRefused(name, NOT_CAPTIONS)
    upload.seek(0)
    try:
        text = upload.read().decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError:
        raise FileRefused(name, _("It is not UTF-8 text. Save it as UTF-8 and upload it again.")) from None
    if not re.match(r"WEBVTT(?:[ \t\n]|$)", text) or not CUE.search(text) or "\0" in text:
        raise FileRefused(name, NOT_CAPTIONS)
    return text


class VideoField(CheckedField):
    """A file field whose value is a `Checked` video."""

    accept = "video/mp4,video/webm,.mp4,.webm"

    def look_into(self, upload: File) -> Checked:
        return check_video(upload)


class CaptionsField(CheckedField):
    """A file field whose value is the text of a WebVTT file."""

    accept = ".vtt,text/vtt"

    def look_into(self, upload: File) -> str:
        return check_captions(upload)
