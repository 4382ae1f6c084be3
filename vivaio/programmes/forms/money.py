"""One of the four dated amounts."""

from django import forms
from django.utils.translation import gettext_lazy as _

from vivaio.kit.money import AmountField
from vivaio.programmes.states import AmountKind


class AmountForm(forms.Form):
    """What is stated, as of which day. What was stated earlier stays."""

    kind = forms.ChoiceField(label=_("Which amount"), choices=[("", _("Choose one")), *AmountKind.choices])
    amount = AmountField(label=_("Amount"), help_text=_("Like 2.093.886,13."))
    stated_on = forms.DateField(label=_("As of"), help_text=_("The day on which it stood so."))
