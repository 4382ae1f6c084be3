"""What is typed to make a round, to invite, to name a university, to decide with words."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from vivaio.experts.models import PlacementRound
from vivaio.people.models import Organisation
from vivaio.people.states import OrganisationKind

DATES = ("offers_until", "students_until", "preferences_until")
EDITED = ("title", "presentation", *DATES, "answer_days")
MOST_AT_ONCE = 200
LETTER_LANGUAGES = [("it", _("Italian")), ("en", _("English"))]


class RoundForm(forms.Form):
    """A round of placements."""

    title = forms.CharField(label=_("Title"), max_length=160)
    presentation = forms.CharField(
        label=_("What students and initiatives should know"), required=False, max_length=3000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )  # fmt: skip
    offers_until = forms.DateTimeField(label=_("Initiatives offer places until"), widget=forms.DateTimeInput)
    students_until = forms.DateTimeField(label=_("Students apply until"), widget=forms.DateTimeInput)
    preferences_until = forms.DateTimeField(
        label=_("Both say whom they would like until"), widget=forms.DateTimeInput
    )
    answer_days = forms.IntegerField(
        label=_("Days to accept, once it is matched"), min_value=1, max_value=60, initial=7
    )

    @property
    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in EDITED}


def round_initial(row: PlacementRound) -> dict[str, Any]:
    return {name: getattr(row, name) for name in EDITED}


class StudentsForm(forms.Form):
    """Whom to invite, one or many."""

    emails = forms.CharField(
        label=_("E-mail addresses of students"), max_length=20000, widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("One a line, or a list pasted from elsewhere: each gets a personal letter."),
    )  # fmt: skip
    language = forms.ChoiceField(label=_("Language of the letter"), choices=LETTER_LANGUAGES)
    message = forms.CharField(
        label=_("A word from you"), required=False, max_length=1500, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("It stands in the letter."),
    )  # fmt: skip

    def clean_emails(self) -> list[str]:
        """The addresses in the text; the first that is none is named."""
        found = [one.strip("<>,;.\"'()") for one in re.split(r"[\s,;]+", self.cleaned_data["emails"])]
        emails = list(dict.fromkeys(one.lower() for one in found if "@" in one))
        if not emails:
            raise ValidationError(_t("There is no e-mail address in this text."))
        if len(emails) > MOST_AT_ONCE:
            raise ValidationError(_t("At most %(most)s at once.") % {"most": MOST_AT_ONCE})
        for one in emails:
            try:
                validate_email(one)
            except ValidationError as wrong:
                raise ValidationError(
                    _t("“%(text)s” is no e-mail address: correct it, or take it out.") % {"text": one}
                ) from wrong
        return emails


class TutorForm(forms.Form):
    """A university's tutor to invite."""

    university = forms.ModelChoiceField(
        label=pgettext_lazy("placement", "University"), queryset=Organisation.objects.none(), empty_label=None
    )
    email = forms.EmailField(label=_("E-mail of the tutor"))
    language = forms.ChoiceField(label=_("Language of the letter"), choices=LETTER_LANGUAGES)
    message = forms.CharField(
        label=_("A word from you"), required=False, max_length=1500, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("It stands in the letter."),
    )  # fmt: skip

    def __init__(self, data: Any, **more: Any):
        super().__init__(data, **more)
        field: Any = self.fields["university"]
        field.queryset = Organisation.objects.filter(kind=OrganisationKind.UNIVERSITY)


class UniversityForm(forms.Form):
    """A university that is not in the list yet."""

    name = forms.CharField(label=_("Name of the university"), max_length=200)
    municipality = forms.CharField(label=_("City"), required=False, max_length=100)


class WordsForm(forms.Form):
    """The words that go with a decision."""

    words = forms.CharField(
        label=_("Your words"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
