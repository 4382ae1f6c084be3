"""Files on the machine's own disk, which may be full."""

import contextlib
import errno
from typing import Any

from django.core.files.storage import FileSystemStorage
from django.utils.translation import gettext_lazy as _

from vivaio.kit.rules import Refused

FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
NO_ROOM = _(
    "The file was not kept: there is no room left on the server. Everything else that you wrote is untouched."
    " Tell whoever runs the programme, then add the file again."
)


def is_full(failure: BaseException | None) -> bool:
    """Whether a write failed because there is no room for it."""
    return isinstance(failure, OSError) and failure.errno in FULL


class DiskStorage(FileSystemStorage):
    """Django's own; a full disk is a refusal in words, and half a file is not left behind."""

    def _save(self, name: str, content: Any) -> str:
        try:
            kept: str = super()._save(name, content)  # type: ignore[misc]
        except OSError as failure:
            if not is_full(failure):
                raise
            with contextlib.suppress(OSError):
                self.delete(name)
            raise Refused(NO_ROOM) from failure
        return kept
