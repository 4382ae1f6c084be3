"""How django-allauth creates and greets our people."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.middleware import AccountMiddleware
from allauth.core.exceptions import ImmediateHttpResponse, ReauthenticationRequired
from django import forms
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import translate_url
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _

from vivaio.people import queries
from vivaio.people.letters import (
    AccountPost,
    account_changed,
    account_exists,
    address_to_confirm,
    new_password,
)

# allauth names its letters by their templates; ours are kinds of letter of the mailroom.
LETTERS = {
    "account/email/email_confirmation": address_to_confirm,
    "account/email/email_confirmation_signup": address_to_confirm,
    "account/email/password_reset_key": new_password,
    "account/email/account_already_exists": account_exists,
}
HAPPENED = {
    "account/email/password_changed": _("The password of your account on Vivaio has just changed."),
    "account/email/password_reset": _("The password of your account on Vivaio has just changed."),
    "account/email/password_set": _("The password of your account on Vivaio has just changed."),
    "account/email/email_changed": _(
        "The address of your account on Vivaio is now %(to_email)s; it was %(from_email)s."
    ),
    "account/email/email_deleted": _("%(deleted_email)s is no longer an address of your account on Vivaio."),
    "mfa/email/totp_activated": _("Signing in to your account on Vivaio now takes a second step."),
    "mfa/email/totp_deactivated": _("Signing in to your account on Vivaio no longer takes a second step."),
    "mfa/email/recovery_codes_generated": _("Your account on Vivaio has new spare codes."),
    "mfa/email/webauthn_added": _("A passkey can now open your account on Vivaio."),
    "mfa/email/webauthn_removed": _("A passkey no longer opens your account on Vivaio."),
    "socialaccount/email/account_connected": _(
        "A gateway of identity can now sign in to your account on Vivaio: %(provider)s."
    ),
}
LINKS = ("activate_url", "password_reset_url")


class Adapter(DefaultAccountAdapter):
    """Accounts are people; their letters leave through the mailroom, in their language."""

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """How one may confirm who one is, first what the page offers by itself: the passkey, where there is one."""
        ways: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        return sorted(ways, key=lambda way: way["id"] != "mfa_reauthenticate:webauthn")

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Queue one of allauth's letters: whether the mail server answers now is no matter of this request."""
        person = context.get("user") or queries.with_address(email)
        language = (person.language if person else get_language()) or settings.LANGUAGE_CODE
        link = next((own_address(context[name], language) for name in LINKS if context.get(name)), "")
        with override(language):
            happened = str(HAPPENED[template_prefix]) % context if template_prefix in HAPPENED else ""
        post = AccountPost(
            email,
            language,
            person,
            link,
            happened,
            context.get("ip", ""),
            context.get("user_agent", ""),
        )
        LETTERS.get(template_prefix, account_changed).enqueue(post)


def own_address(url: str, language: str) -> str:
    """The page's address at this installation, whatever host the request named, in the reader's language."""
    parts = urlsplit(translate_url(url, language))
    return settings.BASE_URL + parts.path + (f"?{parts.query}" if parts.query else "")


class AccountWrites:
    """What allauth writes and the letter that it causes are committed together, or not at all.

    Signing out also clears what the browser kept of the person's pages: whoever sits down next and goes back
    finds the door. What allauth raises to ask for the password again is answered here: a view that a middleware
    calls is out of reach of allauth's own middleware.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response
        self.answer_raised = AccountMiddleware(get_response).process_exception

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        if request.method != "POST" or not view.__module__.startswith("allauth."):
            return None
        try:
            with transaction.atomic():
                answer: HttpResponse = view(request, *args, **kwargs)
        except (ImmediateHttpResponse, ReauthenticationRequired) as raised:
            answer = self.answer_raised(request, raised)
        if request.resolver_match and request.resolver_match.url_name == "account_logout":
            answer["Clear-Site-Data"] = '"cache"'
        return answer


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
