"""Input shapes of contacts."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vivaio.initiatives.models import Contact
from vivaio.initiatives.states import ContactKind, ContactOrigin, ContactState
from vivaio.kit.forms import needed_sometimes
from vivaio.kit.money import AmountField

FIELDS = (
    "kind", "who", "spoken_with", "reach", "origin", "begun_on", "next_step", "next_due_on", "notes",
)  # fmt: skip


class ContactForm(forms.Form):
    """Who, for what, and what comes next."""

    kind = forms.ChoiceField(label=_("Kind of contact"), choices=ContactKind.choices)
    who = forms.CharField(label=_("Organisation or person"), max_length=200)
    spoken_with = forms.CharField(
        label=_("Whom you speak with"), max_length=160, required=False,
        help_text=_("Only what you need to go on: the team and who accompanies it read it, and it is erased in time."),
    )  # fmt: skip
    reach = forms.CharField(label=_("E-mail or telephone"), max_length=200, required=False)
    origin = forms.ChoiceField(label=_("How it came"), choices=ContactOrigin.choices)
    begun_on = forms.DateField(label=_("First contact on"))
    next_step = forms.CharField(
        label=_("Next step"), max_length=300, required=False, help_text=_("Send the offer, meet, call back.")
    )
    next_due_on = forms.DateField(label=_("Do it by"), required=False)
    notes = forms.CharField(
        label=_("Notes"), max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )

    def __init__(self, data: Any, contact: Contact | None = None, **initial: Any):
        kept = {name: getattr(contact, name) for name in FIELDS} if contact else {}
        super().__init__(data, initial=initial | kept)

    @property
    def values(self) -> dict[str, Any]:
        """What the actions take."""
        return {name: self.cleaned_data[name] for name in FIELDS}


class EndForm(forms.Form):
    """What came of it."""

    to = forms.ChoiceField(
        label=_("How it ended"),
        choices=[(one.value, one.label) for one in ContactState if one != ContactState.OPEN],
        widget=forms.RadioSelect,
    )
    outcome = forms.CharField(
        label=_("What came of it"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("An investment, an order, a joint project, a no with its reason: a line is enough."),
        error_messages={"required": _("Write what came of it: a line is enough.")},
    )  # fmt: skip
    amount = needed_sometimes(
        AmountField(
            label=_("Amount"),
            required=False,
            help_text=_("Only if money came of it. It is summed in the figures."),
        )
    )

    @property
    def told(self) -> dict[str, Any]:
        """What the actions take."""
        return {**self.cleaned_data, "to": ContactState(self.cleaned_data["to"])}


class StepForm(forms.Form):
    """What happened."""

    text = forms.CharField(
        label=_("What happened"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write what happened: a line is enough.")},
    )  # fmt: skip


class ReopenForm(forms.Form):
    """Why it is taken up again."""

    reason = forms.CharField(
        label=_("Why"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write why it is taken up again.")},
    )  # fmt: skip
