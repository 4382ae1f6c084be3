"""The declaration as a page: what was typed stays as it was typed, errors stand at the field that they are about."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from vivaio.applications.deminimis.actions import next_key
from vivaio.applications.deminimis.content import (
    AID,
    LINKED,
    LONGEST,
    MOST_ROWS,
    Content,
    Problem,
    amount_of,
    names_of,
)
from vivaio.applications.states import AidActivity, AidReceived, AidRelation, SingleUndertaking
from vivaio.calls.states import AidRegime
from vivaio.kit.files import UploadField
from vivaio.kit.forms import needed_sometimes
from vivaio.kit.money import AmountField, show_bare

MOST_WRITINGS = 2_000_000_000
CHOOSE = ("", _("Choose one"))


def _line(label: Any, **more: Any) -> forms.CharField:
    """A line that may be empty until the declaration is signed."""
    field = forms.CharField(label=label, max_length=LONGEST, required=False, **more)
    needed_sometimes(field)
    return field


def _one_of(label: Any, choices: Any, **more: Any) -> forms.ChoiceField:
    field = forms.ChoiceField(label=label, choices=choices, required=False, **more)
    needed_sometimes(field)
    return field


class DeclarationForm(forms.Form):
    """What is said of the applicant as a whole."""

    activity = _one_of(
        _("Economic activity"),
        AidActivity.choices,
        widget=forms.RadioSelect,
        help_text=_(
            "An undertaking is whoever offers goods or services on a market, whatever its legal form: also an"
            " association, also without profit."
        ),
    )
    single = _one_of(
        _("Single undertaking"),
        SingleUndertaking.choices,
        widget=forms.RadioSelect,
        help_text=_("Relations of art. 2(2) of Regulation (EU) 2023/2831, also through other undertakings."),
    )
    received = _one_of(_("De minimis aid received"), AidReceived.choices, widget=forms.RadioSelect)
    seen = forms.IntegerField(min_value=0, max_value=MOST_WRITINGS, required=False, widget=forms.HiddenInput)


class LinkedForm(forms.Form):
    """Another undertaking of the single one, or one whose aid counts after a merger or a division."""

    key = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)
    name = _line(_("Name of the undertaking"))
    tax_code = _line(_("Tax code"))
    relation = _one_of(_("Relation with the applicant"), [CHOOSE, *AidRelation.choices])
    remove = forms.BooleanField(label=_("Remove this undertaking when saving"), required=False)

    @property
    def lines(self) -> list[list[Any]]:
        return [[self["name"], self["tax_code"]], [self["relation"]], [self["remove"]]]


class AidForm(forms.Form):
    """One aid that was granted."""

    of = _one_of(_("Who received it"), [])
    body = _line(_("Who granted it"))
    act = _line(_("Measure or act that granted it"))
    regime = _one_of(_("Regime"), [CHOOSE, *AidRegime.choices])
    on = _line(_("Day of the grant"), widget=forms.DateInput)
    amount = _line(
        _("Amount in euro (gross grant equivalent)"),
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )
    code = forms.CharField(
        label=_("COR code of the register"),
        max_length=60,
        required=False,
        help_text=_("As it stands in the register of State aid (RNA)."),
    )
    remove = forms.BooleanField(label=_("Remove this aid when saving"), required=False)

    def __init__(self, *args: Any, names: Mapping[str, str], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["of"].choices = list(names.items())  # type: ignore[attr-defined]

    @property
    def lines(self) -> list[list[Any]]:
        rows = (("of", "body"), ("act",), ("regime",), ("on", "amount", "code"), ("remove",))
        return [[self[name] for name in row] for row in rows]


class Sheet:
    """The whole page: the form about the applicant, the undertakings, the aids; `add` opens one more row."""

    def __init__(self, content: Content, applicant: str, seen: int, add: str = ""):
        self.content = content
        said = {"activity": content.activity, "single": content.single, "received": content.received}
        self.form = DeclarationForm({**said, "seen": seen}, label_suffix="")
        linked = [*content.linked, *([{"key": ""}] if add == "linked" else [])]
        aids = [*content.aids, *([{}] if add == "aids" else [])]
        names = names_of(content, applicant)
        self.linked = [
            LinkedForm(_typed("linked", n, row), prefix=f"linked-{n}") for n, row in enumerate(linked)
        ]
        self.aids = [
            AidForm(_typed("aids", n, row), prefix=f"aids-{n}", names=names) for n, row in enumerate(aids)
        ]
        self.added = (
            f"{add}-{len(linked if add == 'linked' else aids) - 1}" if add in ("linked", "aids") else ""
        )

    def reproach(self, problems: Sequence[Problem]) -> "Sheet":
        """Every problem at its field."""
        for problem in problems:
            named = problem.anchor.removeprefix("id_")
            prefix, _mark, name = named.rpartition("-")
            forms_by_prefix = {one.prefix: one for one in (*self.linked, *self.aids)}
            form = forms_by_prefix.get(prefix, self.form)
            form.add_error(name if prefix else named.removesuffix("_0"), problem.words)
        return self


def _typed(kind: str, n: int, row: Mapping[str, str]) -> dict[str, str]:
    """A stored row as the page sends it."""
    shown = dict(row)
    if shown.get("amount") and (amount := amount_of(shown["amount"])):
        shown["amount"] = show_bare(amount)
    return {f"{kind}-{n}-{name}": value for name, value in shown.items()}


def typed(data: Mapping[str, Any]) -> Content:
    """What a page sent; blank rows and those to be removed are left out."""
    linked = _rows(data, "linked", LINKED)
    keys = {row["key"] for row in linked if row["key"]}
    for row in linked:
        if not row["key"]:
            keys.add(key := next_key(keys))
            row["key"] = key
    aids = _rows(data, "aids", AID)
    for row in aids:
        amount = amount_of(row["amount"])
        row["amount"] = str(amount) if amount else row["amount"]
    return Content(
        _choice(data, "activity", AidActivity),
        _choice(data, "single", SingleUndertaking),
        _choice(data, "received", AidReceived),
        linked,
        aids,
    )


def _choice(data: Mapping[str, Any], name: str, choices: Any) -> str:
    value = str(data.get(name, ""))
    return value if value in choices.values else ""


def _rows(data: Mapping[str, Any], kind: str, names: Sequence[str]) -> list[dict[str, str]]:
    found = []
    for n in range(MOST_ROWS):
        row = {name: str(data.get(f"{kind}-{n}-{name}", "")).strip() for name in names}
        said = {name: value for name, value in row.items() if name not in ("key", "of")}
        if any(said.values()) and not data.get(f"{kind}-{n}-remove"):
            found.append(row)
    return found


def seen_in(data: Mapping[str, Any]) -> int:
    """The revision that whoever writes has read."""
    sent = str(data.get("seen", ""))
    return int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 10 else 0


class SignForm(forms.Form):
    """The signature."""

    represents = forms.BooleanField(
        label=_("I am the legal representative, and declare all that is written above."),
        required=False,
    )
    seen = forms.IntegerField(min_value=0, max_value=MOST_WRITINGS, required=False, widget=forms.HiddenInput)
    words = forms.CharField(required=False, widget=forms.HiddenInput)


class VerificationForm(forms.Form):
    """What the register says."""

    checked_on = forms.DateField(label=_("Day of the visura"))
    total = AmountField(
        label=_("Total of de minimis aid found"),
        help_text=_("Of the single undertaking, in the period that the visura covers."),
    )
    code = forms.CharField(label=_("Code of the visura (VERCOR)"), max_length=60, required=False)
    note = forms.CharField(
        label=_("Note"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 3})
    )
    file = UploadField(label=_("The visura as a file"), required=False)

    def clean_total(self) -> Any:
        total = self.cleaned_data["total"]
        if total is not None and total >= 10**12:
            raise forms.ValidationError(_t("This amount is too large. Check the number of digits."))
        return total
