"""Input shapes of a plan."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vivaio.initiatives.models import Milestone, TeamMember
from vivaio.kit.forms import needed_sometimes
from vivaio.people.models import Person

FIELDS = ("title", "evidence", "due_on")


class MilestoneForm(forms.Form):
    """What a milestone says. `reason` is asked where another due date stands in the place of an earlier one."""

    title = forms.CharField(label=_("Milestone"), max_length=160)
    evidence = forms.CharField(
        label=_("What shows that it is reached"), required=False, max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Something that others could see: a signed agreement, ten paying customers, a tested prototype."),
    )  # fmt: skip
    due_on = forms.DateField(label=_("Due on"))
    person = forms.ChoiceField(label=_("Who answers for it"), required=False)

    def __init__(self, data: Any, team: Iterable[TeamMember], milestone: Milestone | None = None):
        initial = {name: getattr(milestone, name) for name in FIELDS} if milestone else {}
        super().__init__(data, initial=initial)
        self.people: dict[str, Person] = {str(member.person_id): member.person for member in team}
        if milestone and milestone.person:
            self.initial["person"] = str(milestone.person_id)
            self.people.setdefault(str(milestone.person_id), milestone.person)
        choices = [(pk, str(person)) for pk, person in self.people.items()]
        self.fields["person"].choices = [("", _("Nobody yet")), *choices]  # type: ignore[attr-defined]
        if milestone:
            self.fields["reason"] = needed_sometimes(
                forms.CharField(
                    label=_("Why the due date changes"), required=False, max_length=1000,
                    widget=forms.Textarea(attrs={"rows": 2}),
                    help_text=_("Only if you change it: the earlier date is kept, with your reason."),
                )
            )  # fmt: skip

    @property
    def values(self) -> dict[str, Any]:
        """What the actions take."""
        said = {name: self.cleaned_data[name] for name in FIELDS}
        return {**said, "person": self.people.get(self.cleaned_data["person"])}


class ReachForm(forms.Form):
    """When it was reached, and what shows it."""

    on = forms.DateField(label=_("Reached on"))
    words = forms.CharField(
        label=_("What shows it"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(
        label=_("Why"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write why: whoever reads the plan later asks it first.")},
    )  # fmt: skip


class SharedForm(forms.Form):
    """A milestone of the programme, in both languages."""

    title = forms.CharField(label=_("Milestone"), max_length=160)
    title_en = forms.CharField(label=_("Milestone, in English"), max_length=160, required=False)
    evidence = forms.CharField(
        label=_("What shows that it is reached"), required=False, max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    evidence_en = forms.CharField(
        label=_("What shows it, in English"), required=False, max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    due_on = forms.DateField(label=_("Due on"))
