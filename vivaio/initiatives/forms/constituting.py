"""The legal entity that a team has become."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from vivaio.initiatives.forms.initiatives import ENTERPRISE, EntityForm
from vivaio.kit.files import UploadField
from vivaio.people import rules as people
from vivaio.people.models import Organisation

NEW = "new"


class ProofForm(EntityForm):
    """One of the organisations that one administers, or a new one; and the proof."""

    which = forms.ChoiceField(label=_("The legal entity"), widget=forms.RadioSelect, initial=NEW)
    file = UploadField(
        label=_("Proof"), help_text=_("Deed of incorporation, statute or extract of the register, as a PDF.")
    )
    note = forms.CharField(
        label=_("For who checks it"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, data: Any, files: Any, organisations: list[Organisation]):
        super().__init__(data, files)
        self.organisations = {str(one.pk): one for one in organisations}
        choices = [(pk, one.name) for pk, one in self.organisations.items()]
        self.fields["which"].choices = [*choices, (NEW, _t("A new one, registered here"))]  # type: ignore[attr-defined]
        if not choices:
            del self.fields["which"]
        elif data and data.get("which") in self.organisations:
            for name in ENTERPRISE:
                del self.fields[name]
        self.order_fields(["which", *ENTERPRISE, "file", "note"])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if "name" in self.fields and (taken := people.numbers_free(data)):
            self.add_error("tax_code" if data.get("tax_code") else "vat_number", taken)
        return data

    @property
    def values(self) -> dict[str, Any]:
        data = self.cleaned_data
        chosen = self.organisations.get(data.get("which", NEW))
        return {"organisation": chosen or self.entity, "file": data["file"], "note": data["note"]}


class ReasonForm(forms.Form):
    """Why something is sent back."""

    reason = forms.CharField(
        label=_("What to change"), max_length=1000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("The team reads it in a letter, and tries again."),
    )  # fmt: skip
