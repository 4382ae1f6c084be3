"""Files from people: checked by content, stored under unguessable names, served once permission is asked."""

from vivaio.kit.files.checks import Checked, FileRefused, check
from vivaio.kit.files.deleting import delete_later
from vivaio.kit.files.fields import UploadField
from vivaio.kit.files.kinds import DOCUMENTS, KINDS, WORKBOOKS
from vivaio.kit.files.names import display_name
from vivaio.kit.files.pictures import Fitted, fitted
from vivaio.kit.files.ranges import serve_in_parts
from vivaio.kit.files.serving import serve
from vivaio.kit.files.videos import CaptionsField, VideoField, check_captions, check_video

__all__ = [
    "DOCUMENTS",
    "KINDS",
    "WORKBOOKS",
    "CaptionsField",
    "Checked",
    "FileRefused",
    "Fitted",
    "UploadField",
    "VideoField",
    "check",
    "check_captions",
    "check_video",
    "delete_later",
    "display_name",
    "fitted",
    "serve",
    "serve_in_parts",
]
