"""What jurors see of a file."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vivaio.jury.blinding import rules
from vivaio.jury.blinding.queries import File
from vivaio.jury.states import Showing
from vivaio.kit.files import UploadField


class ShowingForm(forms.Form):
    """The decision about one file; a copy is asked for where jurors read one and none is there."""

    showing = forms.ChoiceField(label=_("What jurors see"), choices=Showing.choices, widget=forms.RadioSelect)
    copy = UploadField(label=_("Copy without names"), required=False)

    def __init__(self, file: File, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.file = file
        self.fields["showing"].initial = file.showing
        self.auto_id = f"{file.id}-%s"

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        has = self.file.decision is not None and bool(self.file.decision.file)
        asked = said.get("showing") == Showing.COPY and "copy" not in self.errors
        if asked and not said.get("copy") and not has:
            self.add_error("copy", rules.copy_needed())
        return said
