"""What a programme is called, what it is about, its codes, dates, zone, currency, languages."""

from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from vivaio.kit.language_fields import LANGUAGES, InLanguages
from vivaio.kit.money import valid_currency
from vivaio.programmes.models import Programme

PLAIN = (
    "action_code", "project_code", "cup", "starts_on", "ends_on", "time_zone", "currency", "languages", "contact_email",
)  # fmt: skip


def zones(current: str = "") -> list[tuple[str, str]]:
    """The time zones of Europe, and the one in use."""
    names = {name for name in available_timezones() if name.startswith("Europe/")}
    return [(name, name.replace("_", " ")) for name in sorted(names | ({current} - {""}))]


class IdentityForm(InLanguages, forms.Form):
    """One field for each language of the programme, then what is the same in all of them."""

    model = Programme
    texts = ("title", "tagline", "description", "context_line", "place", "territory")
    required_texts = ("title",)
    markdown_texts = ("description",)
    text_help = {
        "tagline": _("Read under the title, on the public page and in lists."),
        "description": _("Markdown: paragraphs, lists, links."),
        "context_line": _("Who, where and when, above the title."),
    }

    contact_email = forms.EmailField(
        label=_("Contact e-mail"), required=False, help_text=_("Letters name it to whoever has a question.")
    )
    action_code = forms.CharField(label=_("Action"), max_length=80, required=False)
    project_code = forms.CharField(label=_("Project code"), max_length=80, required=False)
    cup = forms.CharField(
        label=_("CUP"),
        required=False,
        help_text=_("Unique project code: 15 letters and figures."),
        validators=[
            RegexValidator(
                "^[A-Za-z0-9]{15}$", _("A CUP has 15 letters and figures, without spaces or signs.")
            )
        ],
    )
    starts_on = forms.DateField(label=_("Starts on"), required=False)
    ends_on = forms.DateField(label=_("Ends on"), required=False)
    time_zone = forms.ChoiceField(label=_("Time zone"), help_text=_("Deadlines are read in this zone."))
    currency = forms.CharField(label=_("Currency"), max_length=3, help_text=_("Three letters, like EUR."))
    languages = forms.MultipleChoiceField(
        label=_("Languages"),
        choices=LANGUAGES,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Each gets its own fields above once it is saved."),
    )

    def __init__(self, data: Any, programme: Programme):
        spoken = programme.languages or ["it"]
        initial = {name: getattr(programme, name) for name in PLAIN}
        super().__init__(data, initial=initial | self.stored_texts(programme, spoken))
        self.fields["time_zone"].choices = zones(programme.time_zone)  # type: ignore[attr-defined]
        self.spoken = spoken
        self.add_texts(spoken)

    def clean_cup(self) -> str:
        return str(self.cleaned_data["cup"]).upper()

    def clean_currency(self) -> str:
        code = str(self.cleaned_data["currency"]).strip().upper()
        valid_currency(code)
        return code

    def clean_languages(self) -> list[str]:
        """The first language stays first: the others follow in the order of the list."""
        chosen = self.cleaned_data["languages"]
        return [code for code in self.spoken if code in chosen] + [
            code for code in chosen if code not in self.spoken
        ]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        starts, ends = data.get("starts_on"), data.get("ends_on")
        if starts and ends and ends < starts:
            self.add_error("ends_on", _t("The end comes before the start: change one of the two days."))
        return data

    @property
    def values(self) -> dict[str, Any]:
        """What `actions.describe` takes."""
        plain = {name: self.cleaned_data[name] for name in PLAIN}
        return {"plain": plain, "texts": self.written_texts(self.cleaned_data)}
