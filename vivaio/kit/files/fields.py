"""The form field for a file."""

from collections.abc import Collection
from typing import Any

from django import forms

from vivaio.kit.files.checks import check
from vivaio.kit.files.kinds import DOCUMENTS, KINDS


class UploadField(forms.FileField):
    """A file field whose value is a `Checked`; the browser offers the right files first."""

    def __init__(self, *, kinds: Collection[str] = DOCUMENTS, largest: int | None = None, **kwargs: Any):
        self.kinds, self.largest = kinds, largest
        super().__init__(allow_empty_file=True, **kwargs)
        accept = [part for kind in kinds for part in (KINDS[kind].suffix, KINDS[kind].content_type)]
        self.widget.attrs.setdefault("accept", ",".join(accept))

    def clean(self, data: Any, initial: Any = None) -> Any:
        cleaned = super().clean(data, initial)
        return check(cleaned, kinds=self.kinds, largest=self.largest) if data and cleaned else cleaned
