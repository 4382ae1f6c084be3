"""What people fill in about applications, beside the questionnaire itself."""

import datetime as dt
from collections.abc import Iterable
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from vivaio.applications import answers
from vivaio.applications.models import Application
from vivaio.kit import clock
from vivaio.kit.files import UploadField

LONGEST = 4000


class SubmitForm(forms.Form):
    """What the team declares when it hands in."""

    declared = forms.BooleanField(
        label=_("We declare that what we wrote is true, and that we may apply for this applicant."),
        required=False,
    )
    noticed = forms.BooleanField(label=_("We have read the privacy notice."), required=False)


class ExclusionForm(forms.Form):
    """Why an application is not eligible."""

    reason = forms.CharField(
        label=_("Reason"),
        help_text=_(
            "The applicant reads it, in the letter and on the page. Name the condition and the article."
        ),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class IntegrationForm(forms.Form):
    """What is asked for, by when, and which answers are opened."""

    text = forms.CharField(
        label=_("What is missing"),
        help_text=_("The applicant reads these words. Say what to add and how."),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    deadline = forms.DateTimeField(label=_("To be answered by"))
    questions = forms.MultipleChoiceField(
        label=_("Answers that may be changed"),
        help_text=_("Leave them all closed to receive only words and files."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(
        self, application: Application, data: Any = None, *, text: str = "", questions: Iterable[str] = ()
    ):
        self.zone = ZoneInfo(application.call.time_zone)
        end = default_deadline(application).astimezone(self.zone).replace(tzinfo=None)
        super().__init__(data, initial={"deadline": end, "text": text, "questions": list(questions)})
        self.fields["questions"].choices = answers.openable(application.response.questionnaire)
        self.fields["deadline"].help_text = _("In the time zone of the programme: %(zone)s.") % {
            "zone": self.zone.key
        }

    def clean_deadline(self) -> dt.datetime:
        """The instant in the programme's zone, whatever zone the server shows."""
        given = self.cleaned_data["deadline"]
        deadline = timezone.make_naive(given).replace(tzinfo=self.zone)
        if deadline <= clock.now():
            raise forms.ValidationError(_("Choose a deadline that is still to come."))
        return deadline


class IntegrationAnswerForm(forms.Form):
    """The words that go with an answer."""

    text = forms.CharField(
        label=_("What you want to say"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    file = UploadField(label=_("Add a file"), help_text=_("PDF, JPEG or PNG, up to 10 MB."), required=False)


def default_deadline(application: Application) -> dt.datetime:
    """The end of the day, as many days from today as the call says, in the programme's zone."""
    call = application.call
    day = clock.today(call.time_zone) + dt.timedelta(days=call.integration_days)
    return dt.datetime.combine(day, dt.time(23, 59), ZoneInfo(call.time_zone))
