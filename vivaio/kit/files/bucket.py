"""Files in an S3 bucket, whose service may be away. Loaded only where a bucket is named (ADR 0003)."""

import logging
from typing import Any

from django.utils.translation import gettext_lazy as _
from storages.backends.s3 import S3Storage

from vivaio.kit.files.away import is_away
from vivaio.kit.rules import Refused

logger = logging.getLogger(__name__)
NOT_KEPT = _(
    "The file was not kept: the store of files is not answering right now. Everything else that you wrote is untouched."
    " Wait half a minute, then add the file again."
)


class BucketStorage(S3Storage):  # type: ignore[misc]
    """The library's own; a service that is away refuses a new file in words, as a full disk does."""

    def save(self, name: str, content: Any, max_length: int | None = None) -> str:
        """Keep the file. Raises `Refused` while the service is away."""
        try:
            kept: str = super().save(name, content, max_length)
        except Exception as failure:
            if not is_away(failure):
                raise
            logger.error("The storage of files did not answer: %s", failure)
            raise Refused(NOT_KEPT) from failure
        return kept
