"""Files from people: checked by content, stored under unguessable names, served once permission is asked."""

from vivaio.kit.files.checks import Checked, FileRefused, check
from vivaio.kit.files.fields import UploadField
from vivaio.kit.files.kinds import DOCUMENTS, KINDS, WORKBOOKS
from vivaio.kit.files.names import display_name
from vivaio.kit.files.serving import serve

__all__ = [
    "DOCUMENTS",
    "KINDS",
    "WORKBOOKS",
    "Checked",
    "FileRefused",
    "UploadField",
    "check",
    "display_name",
    "serve",
]
