"""What the audience types, and how the staff sets the registration up."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from vivaio.jury.models import Audience
from vivaio.jury.models.attending import LONGEST_NEEDS
from vivaio.jury.states import Way
from vivaio.people.models import Person

TRAP = "website"
SETTINGS = ("is_open", "places", "online", "answer_hours")


class RegistrationForm(forms.Form):
    """A place for one person. `website` is seen by nobody: whoever fills it in is a machine."""

    name = forms.CharField(
        label=_("Name and surname"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    email = forms.EmailField(
        label=_("E-mail"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text=_(
            "A letter goes there with a link: the place is yours once you have opened it and confirmed."
        ),
    )
    way = forms.ChoiceField(
        label=_("How do you follow the day?"), choices=Way.choices, widget=forms.RadioSelect
    )
    needs = forms.CharField(
        label=_("Do you need something to take part?"),
        max_length=LONGEST_NEEDS,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "A place for a wheelchair, an interpreter, a seat near the exit. Those who prepare the day alone read it, "
            "and it is erased the day after."
        ),
    )
    consent = forms.BooleanField(
        label=_("I agree that those who prepare the day read what I need."), required=False
    )
    noticed = forms.BooleanField(
        label=_("I have read how my data are used."),
        error_messages={"required": _("Read how your data are used, then tick this box.")},
    )
    website = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)

    def __init__(self, data: Any, *, audience: Audience, person: Person | None):
        initial = {"way": Way.ROOM, "name": person.full_name if person else ""}
        super().__init__(data, initial=initial)
        if person is not None:
            del self.fields["email"]
        if not audience.online:
            del self.fields["way"]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("needs", "").strip() and not given.get("consent"):
            self.add_error("consent", _t("Tick this box, or leave what you need empty."))
        return given

    @property
    def is_trapped(self) -> bool:
        """Whether a machine filled in what nobody sees."""
        return bool(self.data.get(TRAP))

    @property
    def values(self) -> dict[str, Any]:
        """What the action takes."""
        given = self.cleaned_data
        return {
            "name": given["name"].strip(),
            "email": given.get("email", ""),
            "way": given.get("way", Way.ROOM),
            "needs": given["needs"].strip(),
        }


class AudienceForm(forms.ModelForm):
    """Open or closed, how many fit in."""

    class Meta:
        model = Audience
        fields = SETTINGS
        help_texts = {
            "is_open": _("While the day is announced, its public page leads to the registration."),
            "places": _("Without a number everybody fits in. Beyond it people join a waiting list."),
            "online": _(
                "Whoever follows from elsewhere takes no place in the room, and gets the link of the day."
            ),
            "answer_hours": _("Then the place is offered to whoever is next."),
        }

    def values(self) -> dict[str, Any]:
        """What the action takes."""
        return {name: self.cleaned_data[name] for name in SETTINGS}
