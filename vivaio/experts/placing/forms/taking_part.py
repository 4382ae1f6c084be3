"""What students and initiatives write: who they are, what they offer, whom they would like."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from vivaio.experts.models import PlacementOffer, PlacementRound, PlacementStudent
from vivaio.experts.placing.states import WorkPlace
from vivaio.experts.states import LanguageLevel
from vivaio.kit.files import UploadField
from vivaio.kit.money import AmountField
from vivaio.people.models import Organisation, Person
from vivaio.people.states import Language

LANGUAGES = 3
PLAIN = ("university", "course", "presentation", "available_from", "available_until", "hours_a_week")
OFFERED = (
    *("title", "tasks", "learning", "places", "hours", "starts_on", "ends_on"),
    *("work_place", "address", "tutor", "grant"),
)
NONE = [("", "–")]


class StudentForm(forms.Form):
    """A student's application. `groups` gives it in the order in which it is read."""

    university = forms.ModelChoiceField(
        label=pgettext_lazy("placement", "University"), queryset=Organisation.objects.none(), empty_label=_("Choose"),
        help_text=_("Its tutor vouches for you. If yours is not here, ask the programme to invite its tutor."),
    )  # fmt: skip
    course = forms.CharField(
        label=_("Course of study"), max_length=160, help_text=_("With the year: Management, second year.")
    )
    presentation = forms.CharField(
        label=_("Who you are and what you look for"), max_length=3000, widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Initiatives read it before they say whom they would like."),
    )  # fmt: skip
    file = UploadField(
        kinds=("pdf", "docx", "odt"), label=_("Curriculum"), required=False,
        help_text=_("PDF or a text document. Read by your tutor, the programme and the initiatives of the round."),
    )  # fmt: skip
    available_from = forms.DateField(label=_("Free from"), widget=forms.DateInput)
    available_until = forms.DateField(label=_("Free until"), widget=forms.DateInput)
    hours_a_week = forms.IntegerField(label=_("Hours a week"), min_value=1, max_value=40, initial=20)
    of_age = forms.BooleanField(label=_("I am 18 or older"))

    def __init__(self, data: Any, files: Any, universities: Any, **more: Any):
        super().__init__(data, files, **more)
        chosen: Any = self.fields["university"]
        chosen.queryset = universities
        for n in range(1, LANGUAGES + 1):
            self.fields[f"language_{n}"] = forms.ChoiceField(
                label=_("Language %(n)s") % {"n": n}, required=n == 1, choices=[*NONE, *Language.choices]
            )
            self.fields[f"language_level_{n}"] = forms.ChoiceField(
                label=_("Level in language %(n)s") % {"n": n}, required=False, choices=LanguageLevel.choices,
                initial=LanguageLevel.C1,
            )  # fmt: skip

    @property
    def groups(self) -> list[tuple[Any, list[list[Any]]]]:
        """Titles and rows of fields, as the page lays them out."""
        rows = [[self[f"language_{n}"], self[f"language_level_{n}"]] for n in range(1, LANGUAGES + 1)]
        when = [[self["available_from"], self["available_until"]], [self["hours_a_week"]], [self["of_age"]]]
        return [
            (_("Where you study"), [[self["university"]], [self["course"]]]),
            (_("Who you are"), [[self["presentation"]], [self["file"]]]),
            (_("In which languages"), rows),
            (_("When you are free"), when),
        ]

    @property
    def values(self) -> dict[str, Any]:
        data = self.cleaned_data
        languages = {
            data[f"language_{n}"]: data[f"language_level_{n}"] or LanguageLevel.C1.value
            for n in range(1, LANGUAGES + 1)
            if data[f"language_{n}"]
        }
        return {name: data[name] for name in PLAIN} | {"languages": languages}


def student_initial(student: PlacementStudent) -> dict[str, Any]:
    told: dict[str, Any] = {name: getattr(student, name) for name in PLAIN} | {"of_age": True}
    for n, (code, level) in enumerate(student.languages.items(), start=1):
        told |= {f"language_{n}": code, f"language_level_{n}": level}
    return told


class OfferForm(forms.Form):
    """What an initiative offers to students."""

    round = forms.ModelChoiceField(
        label=_("Round of placements"), queryset=PlacementRound.objects.none(), empty_label=None
    )
    title = forms.CharField(label=_("What you offer, in one line"), max_length=160)
    tasks = forms.CharField(
        label=_("What the student will do"), max_length=3000, widget=forms.Textarea(attrs={"rows": 5})
    )
    learning = forms.CharField(
        label=_("What the student will learn"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
    )
    places = forms.IntegerField(label=_("Places"), min_value=1, max_value=20, initial=1)
    hours = forms.IntegerField(label=_("Hours in all"), min_value=1, max_value=1500, initial=150)
    starts_on = forms.DateField(label=pgettext_lazy("placement", "From"), widget=forms.DateInput)
    ends_on = forms.DateField(label=pgettext_lazy("placement", "Until"), widget=forms.DateInput)
    work_place = forms.ChoiceField(label=_("Where one works"), choices=WorkPlace.choices)
    address = forms.CharField(label=pgettext_lazy("placement", "Place"), required=False, max_length=200)
    tutor = forms.ModelChoiceField(
        label=_("Tutor in the initiative"), queryset=Person.objects.none(), empty_label=None,
        help_text=_("Somebody of the team, who follows the student and may confirm the hours."),
    )  # fmt: skip
    grant = AmountField(
        label=_("Grant for each student"), required=False,
        help_text=_("Leave it empty if there is none. The programme awards it, once the agreement is signed."),
    )  # fmt: skip

    def __init__(self, data: Any, rounds: Any, team: Any, **more: Any):
        super().__init__(data, **more)
        taken: Any = self.fields["round"]
        taken.queryset = rounds
        chosen: Any = self.fields["tutor"]
        chosen.queryset = team

    @property
    def groups(self) -> list[tuple[Any, list[list[Any]]]]:
        """Titles and rows of fields, as the page lays them out."""
        return [
            (
                _("What you offer"),
                [[self["round"]], [self["title"]], [self["tasks"]], [self["learning"]]],
            ),
            (
                _("How many, when, where"),
                [
                    [self["places"], self["hours"]],
                    [self["starts_on"], self["ends_on"]],
                    [self["work_place"], self["address"]],
                ],
            ),
            (_("Who follows the student, and the grant"), [[self["tutor"]], [self["grant"]]]),
        ]

    @property
    def values(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {name: data[name] for name in OFFERED}


def offer_initial(row: PlacementOffer) -> dict[str, Any]:
    return {name: getattr(row, name) for name in (*OFFERED, "round")}


OUT = "out"
MOST_LISTED = 30  # a list of places on each of as many lines; of more lines, the place is written


class PlaceField(forms.IntegerField):
    """The place of a line, written; cleaned as a list of places would give it."""

    def clean(self, value: Any) -> str:
        number = super().clean(value)
        return "" if number is None else str(number)


class OrderForm(forms.Form):
    """An order of choices: each line says which place it takes, none, or (for initiatives) that it is out."""

    def __init__(self, data: Any, lines: list[Any], order: list[Any], refused: Any = None):
        super().__init__(data)
        self.lines = lines
        self.written = len(lines) > MOST_LISTED
        places = {one: str(place) for place, one in enumerate(order, start=1)}
        choices: list[tuple[str, Any]] = [("", _("not chosen")), *((str(n), self.nth(n)) for n in self._all)]
        if refused is not None:
            choices.append((OUT, _("not acceptable")))
        out = set(refused or ())
        for one in lines:
            label = _("Choice for “%(name)s”") % {"name": one}
            first = places.get(one.pk, "")
            if not self.written:
                first = OUT if one.pk in out else first
                field: Any = forms.ChoiceField(label=label, required=False, choices=choices, initial=first)
            else:
                field = PlaceField(
                    label=label, required=False, min_value=1, max_value=len(lines), initial=first
                )
                if refused is not None:
                    self.fields[f"out_{one.pk}"] = forms.BooleanField(
                        label=_("not acceptable"), required=False, initial=one.pk in out
                    )
            self.fields[f"place_{one.pk}"] = field

    @property
    def _all(self) -> range:
        return range(1, 1 if self.written else len(self.lines) + 1)

    @staticmethod
    def nth(number: int) -> str:
        return _t("choice %(n)s") % {"n": number}

    @property
    def rows(self) -> list[tuple[Any, Any, Any]]:
        """Each line with its field, and the box that leaves it out, in the order of the places that stand."""
        rows = [
            (one, self[f"place_{one.pk}"], self[out] if (out := f"out_{one.pk}") in self.fields else None)
            for one in self.lines
        ]
        return sorted(rows, key=lambda row: self._key(OUT if row[2] and row[2].value() else row[1].value()))

    @staticmethod
    def _key(value: Any) -> tuple[int, int]:
        if value == OUT:
            return (2, 0)
        return (0, int(value)) if value and str(value).isdigit() else (1, 0)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        taken: dict[str, list[str]] = {}
        for one in self.lines:
            if data.get(f"out_{one.pk}"):
                if data.get(f"place_{one.pk}"):
                    self.add_error(
                        f"place_{one.pk}", _t("Either a place or not acceptable: leave one of them.")
                    )
                data[f"place_{one.pk}"] = OUT
            if value := data.get(f"place_{one.pk}"):
                taken.setdefault(value, []).append(f"place_{one.pk}")
        for value, names in taken.items():
            if value != OUT and len(names) > 1:
                words = ngettext(
                    "Choice %(n)s stands at another line too: give each its own.",
                    "Choice %(n)s stands at %(others)s other lines too: give each its own.",
                    len(names) - 1,
                )
                self.add_error(names[-1], words % {"n": value, "others": len(names) - 1})
        return data

    @property
    def order(self) -> list[Any]:
        """The lines that have a place, the first one first."""
        data = self.cleaned_data
        placed = [
            (int(data[f"place_{one.pk}"]), one.pk) for one in self.lines if data[f"place_{one.pk}"].isdigit()
        ]
        return [pk for _place, pk in sorted(placed, key=lambda pair: pair[0])]

    @property
    def refused(self) -> list[Any]:
        return [one.pk for one in self.lines if self.cleaned_data[f"place_{one.pk}"] == OUT]
