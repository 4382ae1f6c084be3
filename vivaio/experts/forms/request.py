"""What a team asks for; how a matching is computed; an expert's answer."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from vivaio.experts.forms.profile import grouped
from vivaio.experts.models import Competence, ExpertRequest
from vivaio.experts.states import Level, Objective
from vivaio.people.states import Language

COMPETENCES = 3
PLAIN = ("title", "purpose", "hours", "needed_by", "language", "remote", "places")


class RequestForm(forms.Form):
    """A request of competences."""

    title = forms.CharField(label=_("What you need, in one line"), max_length=160)
    purpose = forms.CharField(
        label=pgettext_lazy("request", "What for"), max_length=3000, widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Where you stand and what should be there at the end. Experts are found in these words too."),
    )  # fmt: skip
    hours = forms.IntegerField(label=_("Hours in all"), min_value=1, max_value=400, initial=10)
    needed_by = forms.DateField(label=_("By when"), widget=forms.DateInput)
    language = forms.ChoiceField(label=_("Language to work in"), choices=Language.choices)
    remote = forms.BooleanField(label=_("At a distance is fine"), required=False)
    places = forms.IntegerField(label=_("How many experts"), min_value=1, max_value=5, initial=1)

    def __init__(self, data: Any, competences: list[Competence], **more: Any):
        super().__init__(data, **more)
        self.by_key = {str(one.pk): one for one in competences}
        for n in range(1, COMPETENCES + 1):
            self.fields[f"competence_{n}"] = forms.ChoiceField(
                label=_("Competence %(n)s") % {"n": n}, required=n == 1, choices=grouped(competences)
            )
            self.fields[f"level_{n}"] = forms.TypedChoiceField(
                label=_("At least (%(n)s)") % {"n": n}, required=False, choices=Level.choices,
                coerce=int, empty_value=int(Level.SOLID), initial=int(Level.SOLID),
            )  # fmt: skip

    @property
    def groups(self) -> list[tuple[Any, list[list[Any]]]]:
        """Titles and rows of fields, as the page lays them out."""
        rows = [[self[f"competence_{n}"], self[f"level_{n}"]] for n in range(1, COMPETENCES + 1)]
        how = [
            [self["hours"], self["needed_by"]],
            [self["language"], self["places"]],
            [self["remote"]],
        ]
        return [
            (_("What you need"), [[self["title"]], [self["purpose"]]]),
            (_("Which competences"), rows),
            (_("How much, how"), how),
        ]

    @property
    def values(self) -> dict[str, Any]:
        """What the actions take."""
        data = self.cleaned_data
        pairs = [
            (self.by_key[key].pk, data[f"level_{n}"])
            for n in range(1, COMPETENCES + 1)
            if (key := data[f"competence_{n}"])
        ]
        return {name: data[name] for name in PLAIN} | {"competences": pairs}


def initial_of(request: ExpertRequest) -> dict[str, Any]:
    """The request as the form shows it."""
    told: dict[str, Any] = {name: getattr(request, name) for name in PLAIN}
    for n, one in enumerate(request.competences.all(), start=1):
        told |= {f"competence_{n}": str(one.competence_id), f"level_{n}": one.level}
    return told


class RoundForm(forms.Form):
    """How to match all open requests."""

    objective = forms.ChoiceField(
        label=_("What counts most"),
        choices=Objective.choices,
        initial=Objective.FAIR,
        widget=forms.RadioSelect,
    )
    sends_next = forms.BooleanField(
        label=_("When an expert declines or does not answer, send the next best by itself"), required=False
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)


class ProposingForm(forms.Form):
    """What comes along with the buttons of proposals: days to answer, or the last day when it is moved."""

    days = forms.IntegerField(required=False)
    until = forms.DateField(required=False)

    @property
    def given(self) -> tuple[int | None, Any]:
        """The days (None: the usual ones; 0, which the rules refuse, for what is no number), and the day."""
        self.is_valid()
        return self.cleaned_data.get("days", 0), self.cleaned_data.get("until")


class ChosenForm(forms.Form):
    """Which expert a button names."""

    profile = forms.UUIDField()

    def chosen(self, rows: Any) -> Any:
        """Of these, the one named; none for what is no name."""
        return rows.filter(pk=self.cleaned_data["profile"]) if self.is_valid() else rows.none()


class AnswerForm(forms.Form):
    """Why an expert declines."""

    words = forms.CharField(
        label=_("If you decline: why"), required=False, max_length=800, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The programme reads it, the initiative does not."),
    )  # fmt: skip
