"""What the young person and the guardian fill in."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from vivaio.people import rules
from vivaio.people.models import Guardianship, Person
from vivaio.people.states import Country, GuardianRelation, GuardianshipState


class BirthForm(forms.Form):
    """How old somebody is, and in which country they live."""

    born_on = forms.DateField(label=_("Date of birth"))
    country = forms.ChoiceField(
        label=_("Country in which you live"),
        help_text=_("Each country sets the age from which one consents alone to the use of one’s data."),
    )

    def __init__(self, data: Any, person: Person):
        super().__init__(data, initial={"born_on": person.born_on, "country": person.country or "IT"})
        self.person = person
        self.fields["country"].choices = Country.by_name()

    def clean_born_on(self) -> Any:
        """A day that can be true."""
        born_on = self.cleaned_data["born_on"]
        if refused := rules.tell_birth(self.person, born_on):
            raise forms.ValidationError(refused)
        return born_on


class GuardianForm(forms.Form):
    """Who signs."""

    name = forms.CharField(label=_("First and last name of your parent or guardian"), max_length=160)
    email = forms.EmailField(
        label=_("Their e-mail address"),
        help_text=_("We write to it with a link that is theirs alone. It is used for nothing else."),
    )
    relation = forms.ChoiceField(
        label=_("Who they are to you"), choices=[("", _("Choose one")), *GuardianRelation.choices]
    )
    language = forms.ChoiceField(label=_("Language of the letter"), choices=settings.LANGUAGES)

    @staticmethod
    def as_before(guardianship: Guardianship | None, person: Person) -> dict[str, Any]:
        """Whoever said no may be asked again without writing their name anew."""
        if guardianship is None or guardianship.state == GuardianshipState.ASKED:
            return {"language": person.language}
        return {name: getattr(guardianship, name) for name in ("name", "email", "relation", "language")}


class SignForm(forms.Form):
    """What the guardian declares."""

    declared = forms.BooleanField(
        label=_("I hold parental responsibility, and agree that they take part."), required=False
    )
    noticed = forms.BooleanField(label=_("I have read the privacy notice."), required=False)
