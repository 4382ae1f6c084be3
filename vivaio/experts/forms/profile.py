"""What an expert writes of themselves: groups of fields, with rows for competences, languages and days away."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator
from django.forms import BoundField
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from vivaio.experts.models import Competence, ExpertProfile
from vivaio.experts.states import LanguageLevel, Level
from vivaio.kit.formats import currency_name
from vivaio.kit.money import AmountField
from vivaio.people.states import Language, Sector
from vivaio.programmes.models import Partner, Programme

COMPETENCES, LANGUAGES, ABSENCES = 6, 4, 3
PLAIN = (
    *("headline", "presentation", "sectors", "area", "remote", "in_person"),
    *("hours_a_month", "pro_bono", "rate", "partner"),
)
NONE = [("", "–")]


def readers_language() -> str:
    """Of the pages, as whoever reads them has chosen it: what they write is in it unless they say otherwise."""
    return (get_language() or Language.IT.value)[:2]


def grouped(competences: Iterable[Competence]) -> list[tuple[str, Any]]:
    """The competences as choices, under their fields."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for one in competences:
        groups.setdefault(one.field.title_i18n, []).append((str(one.pk), one.title_i18n))
    return [*NONE, *groups.items()]


class ProfileForm(forms.Form):
    """An expert's profile. `groups` gives it in the order in which it is read."""

    headline = forms.CharField(
        label=_("Who you are, in one line"),
        max_length=160,
        help_text=_("For example: patent attorney, twenty years with start-ups."),
    )
    presentation = forms.CharField(
        label=_("Presentation"),
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("What you have done and how you like to help. Suggestions are found in these words too."),
    )
    written_in = forms.ChoiceField(
        label=_("Language in which you write this profile"),
        required=False,
        choices=Language.choices,
        initial=readers_language,
        help_text=_("One of those that you work in: the search reads your words by it."),
    )
    sectors = forms.MultipleChoiceField(
        label=_("Sectors you know"),
        required=False,
        choices=Sector.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    area = forms.CharField(label=_("Where you work"), required=False, max_length=200)
    remote = forms.BooleanField(label=_("I can work at a distance"), required=False)
    in_person = forms.BooleanField(label=_("I can meet in person"), required=False)
    hours_a_month = forms.IntegerField(
        label=_("Hours a month that you offer"),
        min_value=1,
        max_value=160,
        help_text=_("Nothing beyond them is proposed to you."),
    )
    pro_bono = forms.BooleanField(label=_("I give my hours free of charge"), required=False)
    rate = AmountField(
        label=_("Rate per hour"),
        required=False,
        validators=[MaxValueValidator(9999)],
        help_text=_("Only if your hours are not free of charge."),
    )
    partner = forms.ModelChoiceField(
        label=_("Partner organisation you belong to"),
        required=False,
        queryset=Partner.objects.none(),
        empty_label=_("No partner"),
    )

    def __init__(self, data: Any, programme: Programme, competences: list[Competence], **more: Any):
        super().__init__(data, **more)
        self.fields["rate"].label = _("Rate per hour, in %(currency)s") % {
            "currency": currency_name(programme.currency)
        }
        self.by_key = {str(one.pk): one for one in competences}
        self.fields["partner"].queryset = Partner.objects.filter(programme=programme)  # type: ignore[attr-defined]
        choices = grouped(competences)
        for n in range(1, COMPETENCES + 1):
            self._row(n, choices)
        for n in range(1, LANGUAGES + 1):
            self.fields[f"language_{n}"] = forms.ChoiceField(
                label=_("Language %(n)s") % {"n": n}, required=False, choices=[*NONE, *Language.choices]
            )
            self.fields[f"language_level_{n}"] = forms.ChoiceField(
                label=_("Level in language %(n)s") % {"n": n},
                required=False,
                choices=LanguageLevel.choices,
                initial=LanguageLevel.C1,
            )
        for n in range(1, ABSENCES + 1):
            for name, label in (("from", _("Away from (%(n)s)")), ("until", _("Away until (%(n)s)"))):
                self.fields[f"{name}_{n}"] = forms.DateField(
                    label=label % {"n": n}, required=False, widget=forms.DateInput
                )

    def _row(self, n: int, choices: list[tuple[str, Any]]) -> None:
        self.fields[f"competence_{n}"] = forms.ChoiceField(
            label=_("Competence %(n)s") % {"n": n}, required=False, choices=choices
        )
        self.fields[f"level_{n}"] = forms.TypedChoiceField(
            label=_("Level in competence %(n)s") % {"n": n},
            required=False,
            choices=Level.choices,
            coerce=int,
            empty_value=int(Level.SOLID),
            initial=int(Level.SOLID),
        )
        self.fields[f"evidence_{n}"] = forms.CharField(
            label=_("What shows it (%(n)s)") % {"n": n}, required=False, max_length=400
        )

    def _rows(self, count: int, *names: str) -> list[list[BoundField]]:
        return [[self[f"{name}_{n}"] for name in names] for n in range(1, count + 1)]

    @property
    def groups(self) -> list[tuple[Any, list[list[BoundField]]]]:
        """Titles and rows of fields, as the page lays them out."""
        return [
            (
                _("Who you are"),
                [[self["headline"]], [self["presentation"]], [self["written_in"]], [self["partner"]]],
            ),
            (_("What you can do"), self._rows(COMPETENCES, "competence", "level", "evidence")),
            (_("In which languages"), self._rows(LANGUAGES, "language", "language_level")),
            (
                _("Where and for whom"),
                [[self["area"]], [self["remote"], self["in_person"]], [self["sectors"]]],
            ),
            (
                _("How much of your time"),
                [
                    [self["hours_a_month"]],
                    [self["pro_bono"], self["rate"]],
                    *self._rows(ABSENCES, "from", "until"),
                ],
            ),
        ]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for n in range(1, ABSENCES + 1):
            first, last = data.get(f"from_{n}"), data.get(f"until_{n}")
            if bool(first) != bool(last) or (first and last and last < first):
                self.add_error(f"until_{n}", _("Write both days, the first one first."))
        return data

    @property
    def values(self) -> dict[str, Any]:
        """What the actions take."""
        data = self.cleaned_data
        away = [(data[f"from_{n}"], data[f"until_{n}"]) for n in range(1, ABSENCES + 1)]
        rows = [
            {"competence": self.by_key[key], "level": data[f"level_{n}"], "evidence": data[f"evidence_{n}"]}
            for n in range(1, COMPETENCES + 1)
            if (key := data[f"competence_{n}"])
        ]
        languages = {
            data[f"language_{n}"]: data[f"language_level_{n}"] or LanguageLevel.C1.value
            for n in range(1, LANGUAGES + 1)
            if data[f"language_{n}"]
        }
        return {name: data[name] for name in PLAIN} | {
            "competences": rows,
            "languages": languages,
            "written_in": self._written_in(languages),
            "away": [[first.isoformat(), last.isoformat()] for first, last in away if first and last],
        }

    def _written_in(self, spoken: Mapping[str, str]) -> str:
        """What was chosen; where nobody chose and the page's own guess is none of those spoken, the first of these."""
        said = self.cleaned_data["written_in"] or self.initial.get("written_in") or readers_language()
        guessed = "written_in" not in self.changed_data
        return next(iter(spoken)) if guessed and spoken and said not in spoken else str(said)


def initial_of(profile: ExpertProfile, competences: Iterable[Any]) -> dict[str, Any]:
    """The profile as the form shows it."""
    told: dict[str, Any] = {name: getattr(profile, name) for name in (*PLAIN, "written_in")}
    for n, one in enumerate(competences, start=1):
        told |= {
            f"competence_{n}": str(one.competence_id),
            f"level_{n}": one.level,
            f"evidence_{n}": one.evidence,
        }
    for n, (code, level) in enumerate(profile.languages.items(), start=1):
        told |= {f"language_{n}": code, f"language_level_{n}": level}
    for n, (first, last) in enumerate(profile.days_away[:ABSENCES], start=1):
        told |= {f"from_{n}": first, f"until_{n}": last}
    return told


class InviteForm(forms.Form):
    """Whom to invite to the bank."""

    email = forms.EmailField(label=_("E-mail of the expert"))
    language = forms.ChoiceField(
        label=_("Language of the letter"), choices=[("it", _("Italian")), ("en", _("English"))]
    )
    message = forms.CharField(
        label=_("A word from you"),
        required=False,
        max_length=1500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("It stands in the letter: why them."),
    )

    def __init__(self, data: Any = None, *, wanted: str = "", **more: Any):
        super().__init__(data, **more)
        if wanted:
            self.fields["message"].initial = _(
                "Our initiatives look for somebody who knows about: %(what)s."
            ) % {"what": wanted}


class WordsForm(forms.Form):
    """The words that go with a decision."""

    words = forms.CharField(
        label=_("Your words"),
        required=False,
        max_length=1500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The expert reads them in the letter. Needed to send back or not to admit."),
    )
