"""What tells the new call from its basis: programme, title, address, opening."""

from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from vivaio.calls.cloning import queries, rules
from vivaio.calls.forms.instants import guard
from vivaio.calls.forms.translated import in_words, other_languages
from vivaio.calls.models import Call
from vivaio.programmes.models import Programme


class CloneForm(forms.Form):
    """The first lines of the new call; all the rest comes from its basis."""

    programme = forms.ModelChoiceField(Programme.objects.none(), label=_("Programme"), empty_label=None)
    title = forms.CharField(label=_("Title"), max_length=160)
    slug = forms.SlugField(
        label=_("Address"),
        max_length=50,
        help_text=_("How the call is called in addresses: small letters, numbers and hyphens."),
    )
    opens_at = forms.DateTimeField(
        label=_("Opens at"),
        widget=forms.DateTimeInput,
        help_text=_("Every other date moves by the same distance."),
    )
    stages = forms.BooleanField(
        label=_("Bring the later stages along"),
        required=False,
        initial=True,
        help_text=_("Each with its tracks, criteria, points of the checklist and form."),
    )
    jurors = forms.BooleanField(
        label=_("Invite the same jurors at once"),
        required=False,
        help_text=_("They get the letter with the invitation today, and accept or decline anew."),
    )

    def __init__(self, data: Any = None, *, call: Call, goals: Any):
        super().__init__(data, initial={"programme": call.programme_id, "title": call.title})
        guard(self)
        self.fields["programme"].queryset = goals  # type: ignore[attr-defined]
        self.languages = other_languages(call.programme)
        for language in self.languages:
            self.fields[f"title_{language}"] = forms.CharField(
                label=in_words(_t("Title"), language),
                max_length=160,
                required=False,
                initial=(call.i18n or {}).get(f"title_{language}", ""),
                widget=forms.TextInput(attrs={"lang": language}),
            )
        if self.languages:
            self.fields["title"].label = in_words(_t("Title"), "it")
        self.order_fields(["programme", "title", *(f"title_{one}" for one in self.languages)])
        if not queries.later_stages(call):
            del self.fields["stages"]
        if len(goals) < 2:
            self.fields["programme"].widget = forms.HiddenInput()

    def clean_slug(self) -> str:
        return str(self.cleaned_data["slug"]).lower()

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        programme = said.get("programme")
        if programme and said.get("slug") and (taken := rules.slug_free(programme, said["slug"])):
            self.add_error("slug", taken)
        if programme and said.get("opens_at"):
            # What was typed is the hour on the wall of the new call's programme.
            said["opens_at"] = said["opens_at"].replace(tzinfo=ZoneInfo(programme.time_zone))
        return said

    @property
    def with_stages(self) -> bool:
        return bool(self.cleaned_data.get("stages"))

    @property
    def said(self) -> dict[str, Any]:
        """What the action takes beside the two rows."""
        told = self.cleaned_data
        titles = {"it": told["title"]} | {one: told[f"title_{one}"] for one in self.languages}
        return {
            "titles": titles, "slug": told["slug"], "opens_at": told["opens_at"], "jurors": told["jurors"],
            "stages": self.with_stages,
        }  # fmt: skip
