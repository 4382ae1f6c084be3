"""Input shapes of the needs analysis."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from vivaio.initiatives.analysing import rules
from vivaio.initiatives.models import Dimension, Initiative, Interview, NeedsRound
from vivaio.kit import clock
from vivaio.kit.forms import needed_sometimes
from vivaio.kit.picking import MOST_CHOICES, PickManyField
from vivaio.methods.profile import spread
from vivaio.people.models import Person
from vivaio.questionnaires.engine.definition import Definition, Question

TYPED = ("%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M")


def instant_field(label: Any, **more: Any) -> forms.DateTimeField:
    """A moment in the programme's zone, with the browser's own picker."""
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=TYPED[0])
    return forms.DateTimeField(label=label, widget=widget, input_formats=list(TYPED), **more)


def in_zone(typed: dt.datetime | None, zone: str) -> dt.datetime | None:
    """The typed hour is the programme's, wherever the reader is."""
    return timezone.make_aware(timezone.make_naive(typed), ZoneInfo(zone)) if typed else None


def long_text(label: Any, most: int, rows: int = 3, **more: Any) -> forms.CharField:
    """A text of some lines."""
    return forms.CharField(
        label=label, max_length=most, required=False, widget=forms.Textarea(attrs={"rows": rows}), **more
    )


class SetupForm(forms.Form):
    """The questionnaire, and the two limits."""

    form = forms.ModelChoiceField(
        label=_("Questionnaire"),
        queryset=None,
        required=False,
        empty_label=_("Not chosen yet"),
        help_text=_(
            "One of the programme's forms. Each round gives out the version that is current when answers begin."
        ),
    )
    gap_below = forms.IntegerField(label=_("A gap lies below"), min_value=0, max_value=100)
    strength_from = forms.IntegerField(label=_("A strength begins at"), min_value=0, max_value=100)

    def __init__(self, choices: QuerySet[Any], data: Any = None, initial: Any = None):
        super().__init__(data, initial=initial)
        self.fields["form"].queryset = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        gap, strength = data.get("gap_below"), data.get("strength_from")
        if gap is not None and strength is not None and (refused := rules.limits(gap, strength)):
            self.add_error("strength_from", refused)
        return data


class DimensionForm(forms.Form):
    """What is looked at."""

    title = forms.CharField(label=_("Title"), max_length=120)
    title_en = forms.CharField(label=_("Title, in English"), max_length=120, required=False)
    good = long_text(_("What good looks like"), 800, help_text=_("In the words of a team that has it."))
    good_en = long_text(_("What good looks like, in English"), 800)
    field = forms.ChoiceField(
        label=_("Field of competence"),
        required=False,
        help_text=_("Gaps are set beside what the competence bank offers in this field."),
    )

    def __init__(self, fields: Mapping[str, Any], data: Any = None, initial: Any = None):
        super().__init__(data, initial=initial)
        known = (initial or {}).get("field", "")
        named = {**fields, known: fields.get(known, known)} if known else fields
        self.fields["field"].choices = [("", _("No field")), *named.items()]  # type: ignore[attr-defined]


class FeedForm(forms.Form):
    """How the answers to one question make points: for each choice, or from one number to another."""

    weight = forms.IntegerField(
        label=_("Weight"),
        min_value=1,
        max_value=10,
        help_text=_("How much this answer counts beside the others."),
    )

    def __init__(
        self, definition: Definition, question: Question, known: Mapping[str, Any], language: str, data: Any
    ):
        super().__init__(data, initial={"weight": known.get("weight", 1)})
        self.question = question
        self.choices = definition.lists.get(question.choices, ()) if question.choices else ()
        if self.choices:
            said = known.get("points", {})
            for choice, usual in zip(self.choices, spread(len(self.choices)), strict=True):
                label = definition.words(choice.label, language) or choice.name
                self._number(f"points-{choice.name}", label, said.get(choice.name, usual), 0, 100)
        else:
            usual_ends = question.range if question.kind == "range" else {"start": "0", "end": "10"}
            low, high = known.get("low", usual_ends["start"]), known.get("high", usual_ends["end"])
            self._number("low", _t("The number that earns 0 points"), low)
            self._number("high", _t("The number that earns 100 points"), high)

    def _number(
        self, name: str, label: str, initial: Any, low: int | None = None, high: int | None = None
    ) -> None:
        made = forms.IntegerField if low is not None else forms.DecimalField
        more: dict[str, Any] = (
            {"min_value": low, "max_value": high} if low is not None else {"max_digits": 10}
        )
        self.fields[name] = made(label=label, initial=initial, **more)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if "low" in data and data.get("low") == data.get("high"):
            self.add_error("high", _t("Both ends are the same number: every answer would earn the same."))
        return data

    @property
    def said(self) -> dict[str, Any]:
        """What is stored."""
        data = self.cleaned_data
        told: dict[str, Any] = {"question": self.question.name, "weight": data["weight"]}
        if self.choices:
            return told | {"points": {one.name: data[f"points-{one.name}"] for one in self.choices}}
        return told | {"low": str(data["low"]), "high": str(data["high"])}


class RoundForm(forms.Form):
    """A round and its term."""

    title = forms.CharField(
        label=_("Title"),
        max_length=120,
        help_text=_("For example: at entry, before the contest, at the end."),
    )
    title_en = forms.CharField(label=_("Title, in English"), max_length=120, required=False)
    due_at = instant_field(_("Answers are due by"), required=False)

    def __init__(self, zone: str, data: Any = None, initial: Any = None):
        super().__init__(data, initial=initial)
        self.zone = zone

    def clean_due_at(self) -> dt.datetime | None:
        return in_zone(self.cleaned_data["due_at"], self.zone)


ALL, CHOSEN = "all", "chosen"


class OpenForm(forms.Form):
    """For whom a round opens, and until when."""

    due_at = instant_field(_("Answers are due by"))
    which = forms.ChoiceField(
        label=_("For whom"),
        choices=[(ALL, _("All initiatives that go on")), (CHOSEN, _("Only those ticked below"))],
        widget=forms.RadioSelect,
    )
    initiatives = forms.MultipleChoiceField(
        label=_("Initiatives"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, rows: QuerySet[Initiative], zone: str, data: Any = None, initial: Any = None):
        super().__init__(data, initial={"which": ALL, **(initial or {})})
        self.zone = zone
        few = [(str(pk), title) for pk, title in rows.values_list("pk", "title")[: MOST_CHOICES + 1]]
        if len(few) > MOST_CHOICES:
            self._written(rows)
        else:
            self.fields["initiatives"].choices = few  # type: ignore[attr-defined]
        needed_sometimes(self.fields["initiatives"])

    def _written(self, rows: QuerySet[Initiative]) -> None:
        """Of very many, those chosen are written one a line."""
        which: Any = self.fields["which"]
        which.choices = [(ALL, _t("All initiatives that go on")), (CHOSEN, _t("Only those written below"))]
        self.fields["initiatives"] = PickManyField(
            lambda: (
                (pk, title, whose or "")
                for pk, title, whose in rows.values_list("pk", "title", "organisation__name")
            ),
            label=_t("Initiatives"), required=False,
            help_text=_t(
                "Their titles, whole, one a line: a column of the list’s spreadsheet can be pasted here. Where two"
                " have one title, write “; ” and the organisation after it."
            ),
            error_messages={
                "none": _t("No initiative to be added is called %(names)s: write each title whole, one a line."),
                "several": _t("More than one is called %(names)s: write “; ” and the organisation after the title."),
            },
        )  # fmt: skip

    def clean_due_at(self) -> dt.datetime | None:
        return in_zone(self.cleaned_data["due_at"], self.zone)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        named = data.get("initiatives") or "initiatives" in self.errors
        if data.get("which") == CHOSEN and not named:
            self.add_error("initiatives", _t("Name at least one initiative."))
        return data

    @property
    def chosen(self) -> list[UUID] | None:
        """The ticked ones; None for all."""
        if self.cleaned_data["which"] == ALL:
            return None
        return [UUID(str(one)) for one in self.cleaned_data["initiatives"]]


class CoachForm(forms.Form):
    """Who accompanies the initiative."""

    coach = forms.ChoiceField(
        label=_("Coach"),
        help_text=_(
            "Coaching is a tie: in a contest that the initiative enters, its coach neither scores it nor adopts the"
            " verdict."
        ),
    )

    def __init__(self, people: Iterable[Person], data: Any = None, initial: Any = None):
        super().__init__(data, initial=initial)
        self.people = {str(one.pk): one for one in people}
        self.fields["coach"].choices = [(pk, str(one)) for pk, one in self.people.items()]  # type: ignore[attr-defined]

    @property
    def person(self) -> Person:
        return self.people[self.cleaned_data["coach"]]


class AgreeForm(forms.Form):
    """What was settled: points and hours of help for each dimension, who was there, in words."""

    present = forms.CharField(label=_("Who was there"), max_length=300)
    words = long_text(
        _("What you agreed"), 4000, rows=4, help_text=_("What comes first, what follows, who does it.")
    )

    def __init__(self, lines: Sequence[tuple[Dimension, int | None, str]], data: Any = None):
        super().__init__(data)
        self.dimensions = [one for one, _value, _note in lines]
        for one, value, note in lines:
            self.fields[f"points-{one.key}"] = forms.IntegerField(
                label=_t("%(dimension)s: points from 0 to 100") % {"dimension": one.title_i18n},
                help_text=note, min_value=0, max_value=100, initial=value,
            )  # fmt: skip
            self.fields[f"hours-{one.key}"] = forms.IntegerField(
                label=_t("%(dimension)s: hours of help needed") % {"dimension": one.title_i18n},
                min_value=0, max_value=rules.MOST_HOURS, initial=0,
            )  # fmt: skip
        names = [f"{what}-{one.key}" for one in self.dimensions for what in ("points", "hours")]
        self.order_fields([*names, "present", "words"])

    @property
    def pairs(self) -> list[tuple[Any, Any]]:
        """Points and hours of each dimension, as fields to be drawn beside each other."""
        return [(self[f"points-{one.key}"], self[f"hours-{one.key}"]) for one in self.dimensions]

    @property
    def values(self) -> dict[UUID, tuple[int, int]]:
        """Points and hours by dimension."""
        data = self.cleaned_data
        return {one.pk: (data[f"points-{one.key}"], data[f"hours-{one.key}"]) for one in self.dimensions}


class InterviewForm(forms.Form):
    """A conversation about the needs."""

    held_on = forms.DateField(label=_("When"), widget=forms.DateInput)
    round = forms.ModelChoiceField(
        label=_("Round"), queryset=None, required=False, empty_label=_("No round in particular")
    )
    present = forms.CharField(
        label=_("Who was there"),
        max_length=300,
        help_text=_("Names and what they do, as those present agree."),
    )
    agreed = long_text(_("Points agreed"), 4000, rows=4)

    def __init__(
        self,
        dimensions: Sequence[Dimension],
        rounds: QuerySet[NeedsRound],
        data: Any = None,
        known: Interview | None = None,
    ):
        initial: dict[str, Any] = {"held_on": clock.today()}
        if known is not None:
            initial = {name: getattr(known, name) for name in ("held_on", "round", "present", "agreed")}
            initial |= {f"note-{key}": text for key, text in known.notes.items()}
        super().__init__(data, initial=initial)
        self.dimensions = dimensions
        self.fields["round"].queryset = rounds  # type: ignore[attr-defined]
        for one in dimensions:
            self.fields[f"note-{one.key}"] = long_text(one.title_i18n, 2000, help_text=one.good_i18n)
        self.order_fields(
            ["held_on", "round", "present", *(f"note-{one.key}" for one in dimensions), "agreed"]
        )

    @property
    def notes(self) -> dict[str, str]:
        """What was said, by the dimensions' keys."""
        return {one.key: self.cleaned_data[f"note-{one.key}"].strip() for one in self.dimensions}
