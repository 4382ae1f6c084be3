"""What people fill in on the longlist and behind an invitation."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from vivaio.applications.models import Prospect
from vivaio.applications.scouting import queries
from vivaio.calls.models import Call
from vivaio.kit.files import UploadField
from vivaio.kit.forms import needed_sometimes
from vivaio.people.states import OrganisationKind, Sector
from vivaio.programmes.models import Programme

LONGEST_PASTE = 400_000


class ProspectForm(forms.ModelForm):
    """An organisation on the longlist."""

    kind = forms.ChoiceField(
        label=_("Kind"), choices=[("", _("Not known")), *OrganisationKind.choices], required=False
    )
    sector = forms.ChoiceField(
        label=_("Sector"), choices=[("", _("Not known")), *Sector.choices], required=False
    )
    website = forms.URLField(label=_("Web site"), max_length=200, required=False, assume_scheme="https")

    class Meta:
        model = Prospect
        fields = (
            "name", "source", "reason", "sector", "area", "kind", "website", "contact_name", "email", "owner",
        )  # fmt: skip
        help_texts = {
            "source": _(
                "Where you came across it: an event, an article, a partner's word. They will read it."
            ),
            "reason": _("For your colleagues: what makes it right for this programme."),
            "area": _("Where it works: a neighbourhood, a municipality, a valley."),
            "email": _("Without an address it stays on the list, and cannot be invited."),
        }
        labels = {"owner": _("Looked after by")}
        widgets = {"reason": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, programme: Programme, data: Any = None, instance: Prospect | None = None, **more: Any):
        super().__init__(data, instance=instance, **more)
        self.fields["owner"].queryset = queries.owners(programme)  # type: ignore[attr-defined]
        self.fields["owner"].empty_label = _("Nobody yet")  # type: ignore[attr-defined]
        if instance is not None and instance.silent:
            for name in ("email", "contact_name"):
                del self.fields[name]
        self.known = queries.names(programme)

    def clean_name(self) -> str:
        """An organisation stands on a longlist once."""
        name = self.cleaned_data["name"]
        found = self.known.get(name.lower())
        if found and found != self.instance.pk:
            raise forms.ValidationError(_("It is on the longlist already."))
        return name


class InviteForm(forms.Form):
    """To which call, in which language, with which words."""

    call = forms.ModelChoiceField(label=_("Call"), queryset=Call.objects.none(), empty_label=None)
    language = forms.ChoiceField(label=_("Language of the letter"), choices=settings.LANGUAGES)
    words = forms.CharField(
        label=_("Your words to them"),
        help_text=_("They stand at the head of the letter. Say what you saw in their work."),
        required=False,
        max_length=1500,
        widget=forms.Textarea(attrs={"rows": 5, "data-signs": "1500"}),
    )

    def __init__(self, programme: Programme, data: Any = None, **more: Any):
        super().__init__(data, **more)
        self.fields["call"].queryset = queries.inviting_calls(programme)  # type: ignore[attr-defined]
        self.fields["language"].initial = settings.LANGUAGE_CODE


class OwnerForm(forms.Form):
    """Who looks after the chosen organisations from now on."""

    owner = forms.ModelChoiceField(
        label=_("Looked after by"), queryset=None, required=False, empty_label=_("Nobody yet")
    )

    def __init__(self, programme: Programme, data: Any = None):
        super().__init__(data)
        self.fields["owner"].queryset = queries.owners(programme)  # type: ignore[attr-defined]


class SetAsideForm(forms.Form):
    """Why an organisation is left out of what is to come."""

    reason = forms.CharField(
        label=_("Reason"), help_text=_("Your colleagues read it here. Nothing is sent."), max_length=300
    )


class DeclineForm(forms.Form):
    """No, thank you."""

    reason = forms.CharField(
        label=_("Your reason"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    silent = forms.BooleanField(
        label=_("Do not write to us again, and delete our address from the list."), required=False
    )


class ImportForm(forms.Form):
    """Many organisations at once: a workbook, or rows pasted from one."""

    file = needed_sometimes(
        UploadField(
            label=_("Workbook"),
            kinds=("xlsx",),
            required=False,
            help_text=_(
                "XLSX, with the names of the columns in its first row. The export of this list is one."
            ),
        )
    )
    text = needed_sometimes(
        forms.CharField(
            label=_("Or rows pasted from a spreadsheet"),
            help_text=_("With the names of the columns in the first row. CSV is taken too."),
            required=False,
            max_length=LONGEST_PASTE,
            widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false"}),
        )
    )

    def clean(self) -> dict[str, Any]:
        """One of the two."""
        data = super().clean() or {}
        if not self.errors and not data.get("file") and not data.get("text"):
            raise forms.ValidationError(_("Choose a workbook, or paste some rows."))
        return data
