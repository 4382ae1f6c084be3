"""Preparing the meeting, and writing down what was agreed."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from vivaio.applications.models import Application
from vivaio.calls.models import Criterion
from vivaio.jury.meeting import rules
from vivaio.jury.meeting.choosing import Choice
from vivaio.jury.models import Attendance, Meeting
from vivaio.jury.states import Coming, MeetingState
from vivaio.kit.picking import MOST_NUMBER


class NumbersField(forms.CharField):
    """Applications by their numbers in the call, where they are too many for a list to choose from."""

    def __init__(self, rows: QuerySet[Application]):
        super().__init__(
            label=_("Other applications, by number"),
            required=False,
            max_length=200,
            help_text=_(
                "Their numbers, separated by commas: they stand before the titles in the list of applications."
            ),
        )
        self.rows = rows

    def clean(self, value: Any) -> Any:
        typed = super().clean(value).replace(",", " ").replace(";", " ").split()
        for one in typed:
            if not (one.isascii() and one.isdigit() and int(one) <= MOST_NUMBER):
                words = _t(
                    "“%(typed)s” is not the number of an application: write numbers alone, as in 12, 480."
                )
                raise ValidationError(words % {"typed": one})
        wanted = list(dict.fromkeys(int(one) for one in typed))
        found = {row.number: row for row in self.rows.filter(number__in=wanted)} if wanted else {}
        if strange := [str(number) for number in wanted if number not in found]:
            words = _t("The jury does not score %(numbers)s: look the number up in the list of applications.")
            raise ValidationError(words % {"numbers": ", ".join(strange)})
        return [found[number] for number in wanted]


class PrepareForm(forms.Form):
    """When, where, how, and on which applications."""

    at = forms.DateTimeField(
        label=_("When"),
        required=False,
        help_text=_(
            "At this instant the scores are put on the table by themselves. Empty: you do it by hand."
        ),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"],
    )
    place = forms.CharField(label=_("Where"), max_length=200, required=False)
    link = forms.URLField(label=_("Link to join"), max_length=400, required=False, assume_scheme="https")
    named = forms.BooleanField(
        label=_("Scores are shown with names"),
        required=False,
        help_text=_("Otherwise jurors are letters, to each other. It stays as it is once jurors practise."),
    )
    applications = forms.MultipleChoiceField(
        label=_("Applications to practise on"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("About three, from different tracks, with which few jurors are in conflict."),
    )

    def __init__(
        self,
        meeting: Meeting | None,
        choice: Choice,
        zone: str,
        data: Any = None,
        initial: Any = None,
    ):
        super().__init__(data, initial=initial)
        self.zone = ZoneInfo(zone)
        self.rows = {str(one.pk): one for one in choice.shown}
        self.fields["applications"].choices = choice.boxes  # type: ignore[attr-defined]
        if meeting is not None and meeting.state != MeetingState.PREPARING:
            del self.fields["named"], self.fields["applications"]
        elif choice.others is not None:
            self.fields["others"] = NumbersField(choice.others)

    def clean_at(self) -> dt.datetime | None:
        """The typed hour is the programme's, wherever the reader is."""
        typed = self.cleaned_data["at"]
        return timezone.make_aware(timezone.make_naive(typed), self.zone) if typed else None

    def clean(self) -> dict[str, Any]:
        """Ticked and named by number together are a few; one that is both counts once."""
        said = super().clean() or self.cleaned_data
        if "applications" not in said or ("others" in self.fields and "others" not in said):
            return said
        ticked = [self.rows[pk] for pk in said["applications"]]
        said["chosen"] = list({one.pk: one for one in (*ticked, *said.get("others", []))}.values())
        if not rules.FEWEST <= len(said["chosen"]) <= rules.MOST:
            words = _t("Choose from %(few)s to %(many)s applications.")
            self.add_error("applications", words % {"few": rules.FEWEST, "many": rules.MOST})
        return said

    def said(self) -> dict[str, Any]:
        """What the action takes."""
        found = {key: self.cleaned_data[key] for key in ("at", "place", "link")}
        if "applications" in self.fields:
            found |= {"named": self.cleaned_data["named"], "applications": self.cleaned_data["chosen"]}
        return found


class NotesForm(forms.Form):
    """What was agreed: a line for each criterion, notes on all, who was there."""

    notes = forms.CharField(
        label=_("Notes of the meeting"),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    present = forms.MultipleChoiceField(
        label=_("Who was there"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(
        self,
        criteria: Sequence[Criterion],
        agreed: Mapping[UUID, str],
        lines: Sequence[Attendance],
        data: Any = None,
        notes: str = "",
    ):
        initial = {
            "notes": notes,
            "present": [str(one.pk) for one in lines if one.present],
            **{self.name_of(one): agreed.get(one.pk, "") for one in criteria},
        }
        super().__init__(data, initial=initial)
        self.criteria = list(criteria)
        for one in self.criteria:
            self.fields[self.name_of(one)] = forms.CharField(
                label=_t("“%(criterion)s”: what it means to us") % {"criterion": one},
                help_text=_t("Jurors read it beside the criterion while they score."),
                required=False,
                max_length=600,
                widget=forms.Textarea(attrs={"rows": 2}),
            )
        self.fields["present"].choices = [(str(one.pk), str(one.juror)) for one in lines]
        self.order_fields([self.name_of(one) for one in self.criteria])

    @staticmethod
    def name_of(criterion: Criterion) -> str:
        return f"agreed-{criterion.key}"

    def agreed(self) -> dict[UUID, str]:
        return {one.pk: self.cleaned_data[self.name_of(one)] for one in self.criteria}

    def present_ones(self) -> set[UUID]:
        return {UUID(one) for one in self.cleaned_data["present"]}


class ComingForm(forms.Form):
    """Whether a juror comes."""

    coming = forms.ChoiceField(
        label=_("Do you come?"),
        choices=[(Coming.YES, _("I shall be there")), (Coming.NO, _("I cannot be there"))],
        widget=forms.RadioSelect,
    )
