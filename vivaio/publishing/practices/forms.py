"""Input shapes of good practices."""

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from vivaio.kit.language_fields import InLanguages
from vivaio.people.states import Sector
from vivaio.publishing.models import Practice
from vivaio.publishing.practices.ready_form import links_of
from vivaio.publishing.states import PRACTICE_PLAIN, PRACTICE_TEXTS


class PracticeForm(InLanguages, forms.Form):
    """The text in each language of the programme, and what is the same in all of them."""

    model = Practice
    texts = PRACTICE_TEXTS
    required_texts = ("title", "need", "done", "results")
    links = forms.CharField(
        label=_("Links"), required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One web address a line."),
    )  # fmt: skip
    place = forms.CharField(label=_("Where it happened"), max_length=200, required=False)
    sectors = forms.MultipleChoiceField(
        label=_("Sectors"), choices=Sector.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    contact = forms.CharField(label=_("Whom to ask"), max_length=200, required=False)
    contact_public = forms.BooleanField(
        label=_("The organisation agrees that this is published"), required=False
    )

    def __init__(self, data: Any, practice: Practice):
        spoken = practice.programme.languages or ["it"]
        initial = {name: getattr(practice, name) for name in PRACTICE_PLAIN} | self.stored_texts(
            practice, spoken
        )
        super().__init__(data, initial={**initial, "links": "\n".join(practice.links)})
        self.add_texts(spoken)

    def clean_links(self) -> list[str]:
        said = self.cleaned_data["links"]
        found = links_of(said)
        if len(found) < len(set(said.split())):
            raise ValidationError(_t("Write one whole web address a line, ten at most."))
        return found

    @property
    def values(self) -> dict[str, Any]:
        """What the action takes."""
        plain = {name: self.cleaned_data[name] for name in PRACTICE_PLAIN}
        return {"texts": self.written_texts(self.cleaned_data), "plain": plain}


class TagsForm(forms.Form):
    """Which needs it meets, which competences it took."""

    needs = forms.MultipleChoiceField(
        label=_("Needs that it meets"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("It is suggested to the initiatives that have a gap here."),
    )  # fmt: skip
    fields_of_competence = forms.MultipleChoiceField(
        label=_("Fields of competence"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, data: Any, dimensions: Any, known: dict[str, str], practice: Practice):
        chosen = {
            "needs": [one.key for one in practice.dimensions.all()],
            "fields_of_competence": practice.fields,
        }
        super().__init__(data, initial=chosen)
        self.fields["needs"].choices = [(one.key, one.title_i18n) for one in dimensions]  # type: ignore[attr-defined]
        self.fields["fields_of_competence"].choices = list(known.items())  # type: ignore[attr-defined]

    @property
    def values(self) -> dict[str, Any]:
        return {
            "needs": self.cleaned_data["needs"],
            "fields": self.cleaned_data["fields_of_competence"],
        }


class CollectForm(forms.Form):
    """The first lines of a collection."""

    title = forms.CharField(label=_("Title"), max_length=160)
    title_en = forms.CharField(label=_("Title in English"), max_length=160, required=False)
    opens_at = forms.DateTimeField(label=_("Opens at"), widget=forms.DateTimeInput)
    closes_at = forms.DateTimeField(label=_("Closes at"), widget=forms.DateTimeInput)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        opens: dt.datetime | None = said.get("opens_at")
        closes: dt.datetime | None = said.get("closes_at")
        if opens and closes and closes <= opens:
            self.add_error("closes_at", ValidationError(_t("The closing comes after the opening.")))
        return said

    @property
    def values(self) -> dict[str, Any]:
        said = self.cleaned_data
        titles = {"it": said["title"], "en": said["title_en"]}
        return {"titles": titles, "opens_at": said["opens_at"], "closes_at": said["closes_at"]}


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(
        label=_("Why"), max_length=1000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("The organisation and the programme read it."),
        error_messages={"required": _("Write why: a line is enough.")},
    )  # fmt: skip


class WordsForm(forms.Form):
    """What the organisation would have otherwise."""

    words = forms.CharField(
        label=_("What should change"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Write what should change: a line is enough.")},
    )  # fmt: skip


class IntroductionForm(forms.Form):
    """Why the team wants to meet who did it."""

    message = forms.CharField(
        label=_("Your message"), max_length=1200, widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_(
            "Who you are, what you would like to ask. They get it by letter with your name and your e-mail address, so"
            " that they can answer you; whoever accompanies your initiative reads it too."
        ),
        error_messages={"required": _("Write a few lines: they decide by them whether to answer.")},
    )  # fmt: skip
