"""How django-allauth creates and greets our people."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django import forms
from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import translate_url
from django.utils.html import linebreaks, urlize
from django.utils.safestring import mark_safe
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _

PARAGRAPH = '<p style="margin:0 0 16px;">'
LINKS = ("activate_url", "password_reset_url")


class Adapter(DefaultAccountAdapter):
    """Accounts are people; their letters speak their language, in the layout of all our letters."""

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send one of allauth's letters in the person's language, its links to pages in that language."""
        language = getattr(context.get("user"), "language", "") or get_language() or settings.LANGUAGE_CODE
        links = {name: translate_url(context[name], language) for name in LINKS if context.get(name)}
        with override(language):
            super().send_mail(template_prefix, email, {**context, **links})

    def render_mail(
        self, template_prefix: str, email: Any, context: dict[str, Any], headers: dict[str, str] | None = None
    ) -> EmailMessage:
        """The letter as text, and the same words as HTML."""
        letter = super().render_mail(template_prefix, email, context, headers)
        if isinstance(letter, EmailMultiAlternatives) and not letter.alternatives:
            body = linebreaks(urlize(letter.body, autoescape=True)).replace("<p>", PARAGRAPH)
            about = {"subject": letter.subject, "language": get_language(), "base_url": settings.BASE_URL}
            html = render_to_string(
                "mailroom/layout.html", {**about, "body": mark_safe(body)}
            )  # escaped above
            letter.attach_alternative(html, "text/html")
        return letter


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
