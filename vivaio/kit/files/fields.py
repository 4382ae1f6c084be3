"""Form fields for files."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.core.files.base import File

from vivaio.kit.files.checks import Checked, check
from vivaio.kit.files.kinds import DOCUMENTS, KINDS


class CheckedField(forms.FileField):
    """A file field whose value is what was found on looking into the file; the browser offers the right files first."""

    accept = ""

    def __init__(self, **kwargs: Any):
        super().__init__(allow_empty_file=True, **kwargs)
        self.widget.attrs.setdefault("accept", self.accept)

    def look_into(self, upload: File) -> Any:
        """What the file holds. Raises `FileRefused` for one that is not taken in."""
        raise NotImplementedError

    def clean(self, data: Any, initial: Any = None) -> Any:
        cleaned = super().clean(data, initial)
        return self.look_into(cleaned) if data and cleaned else cleaned


class UploadField(CheckedField):
    """A file field whose value is a `Checked` document or picture."""

    def __init__(self, *, kinds: Collection[str] = DOCUMENTS, largest: int | None = None, **kwargs: Any):
        self.kinds, self.largest = kinds, largest
        accept = [part for kind in kinds for part in (KINDS[kind].suffix, KINDS[kind].content_type)]
        self.accept = ",".join(accept)
        super().__init__(**kwargs)

    def look_into(self, upload: File) -> Checked:
        return check(upload, kinds=self.kinds, largest=self.largest)
