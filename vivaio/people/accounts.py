"""How django-allauth creates and greets our people."""

from allauth.account.adapter import DefaultAccountAdapter
from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class Adapter(DefaultAccountAdapter):
    """Accounts are people; their letters speak the page's language."""


class SignupForm(forms.Form):
    """The names that allauth does not ask for."""

    given_name = forms.CharField(label=_("First name"), max_length=80)
    family_name = forms.CharField(label=_("Last name"), max_length=80)

    def signup(self, request, user):
        """Keep the names and the language in which the person signed up."""
        user.given_name = self.cleaned_data["given_name"]
        user.family_name = self.cleaned_data["family_name"]
        user.language = get_language() or "it"
        user.save()
