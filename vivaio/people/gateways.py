"""Signing in through a gateway of identity (OpenID Connect): what is checked, and the little that is kept.

Stricter than django-allauth, which trusts the answer's transport: the issuer is the configured one, the
signature of the identity token is verified, its nonce is the one that this browser was sent away with, and
the person of the user info is the token's own (OpenID Connect Core 1.0, 3.1.3.7 and 5.3.2; RFC 9207).
"""

import logging
from typing import Any

import jwt
import requests
from allauth.account.models import EmailAddress
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter, get_adapter
from allauth.socialaccount.helpers import render_authentication_error
from allauth.socialaccount.models import SocialAccount, SocialLogin
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.crypto import get_random_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from vivaio.people import second_step
from vivaio.people.models import Person

logger = logging.getLogger(__name__)
# Signatures that only the gateway can make; never one with a secret that both sides know, never none.
SIGNATURES = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"]
LEEWAY = 60  # seconds that the two clocks may differ


class Answers(OpenIDConnectOAuth2Adapter):
    """What a gateway answers, believed only as far as it is proved."""

    @property
    def openid_config(self) -> dict[str, Any]:
        """The gateway's own description. Raises `OAuth2Error` when it names another issuer."""
        found: dict[str, Any] = super().openid_config
        issuer = self.get_provider().app.settings["server_url"]
        if str(found.get("issuer", "")).rstrip("/") != issuer:
            raise OAuth2Error(f"The issuer is {found.get('issuer')!r}, not {issuer!r}.")
        return found

    def complete_login(self, request: HttpRequest, app: Any, token: Any, **kwargs: Any) -> SocialLogin:
        """Who came back, from a signed token for this installation."""
        told = request.GET.get("iss")
        if told and told.rstrip("/") != app.settings["server_url"]:
            raise OAuth2Error("Another issuer answered.")
        try:
            claims = self.verified(app, kwargs["response"]["id_token"])
            person = self._fetch_user_info(token.token)
        except (jwt.PyJWTError, KeyError, TypeError, ValueError) as failure:
            raise OAuth2Error("The answer is not what OpenID Connect says.") from failure
        if person.get("sub") != claims["sub"]:
            raise OAuth2Error("The user info is somebody else's.")
        login = self.get_provider().sociallogin_from_response(request, {"userinfo": {**claims, **person}})
        login.nonce = claims.get("nonce")
        return login

    def verified(self, app: Any, id_token: str) -> dict[str, Any]:
        """The claims of a token that the gateway signed, for us, and that is still valid.

        A token that names no key is read with the only one there is (Core 10.1).
        """
        with get_adapter().get_requests_session() as session:
            answer = session.get(self.openid_config["jwks_uri"])
            answer.raise_for_status()
        keys = [
            key for key in jwt.PyJWKSet.from_dict(answer.json()).keys if key.public_key_use in (None, "sig")
        ]
        named = jwt.get_unverified_header(id_token).get("kid")
        fitting = [key for key in keys if key.key_id == named] if named else keys
        if len(fitting) != 1:
            raise OAuth2Error("No key, or no single one, fits the token.")
        claims: dict[str, Any] = jwt.decode(
            id_token,
            fitting[0],
            algorithms=SIGNATURES,
            audience=app.client_id,
            issuer=self.openid_config["issuer"],
            leeway=LEEWAY,
            options={"require": ["iss", "sub", "aud", "exp", "iat"]},
        )
        return claims

    def get_callback_url(self, request: HttpRequest, app: Any) -> str:
        return request.build_absolute_uri(reverse("gateway_back", args=[self.provider_id]))


class Gateway(OpenIDConnectProvider):
    """A gateway as configured. Its address of return carries no language: gateways register one."""

    id = "gateway"
    oauth2_adapter_class = Answers

    def redirect(
        self, request: HttpRequest, process: str, next_url: str | None = None, data: Any = None, **kwargs: Any
    ) -> HttpResponse:
        """Send the browser away with a nonce that must come back."""
        nonce = get_random_string(32)
        params = {**self.get_auth_params(), "nonce": nonce, "ui_locales": get_language() or "it"}
        kwargs |= {"auth_params": params, "nonce": nonce, "language": get_language()}
        return super().redirect(request, process, next_url, data, **kwargs)

    def get_login_url(self, request: HttpRequest, **kwargs: Any) -> str:
        return reverse("gateway_start", args=[self.app.provider_id])

    def get_callback_url(self) -> str:
        return reverse("gateway_back", args=[self.app.provider_id])

    def extract_extra_data(self, data: Any) -> dict[str, Any]:
        """Nothing is kept: fiscal number, birth date and address are none of the platform's business."""
        return {}

    def extract_common_fields(self, data: dict[str, Any]) -> dict[str, Any]:
        told, claims = data["userinfo"], self.app.settings["claims"]
        return {name: str(told.get(claim) or "") for name, claim in claims.items()}

    def extract_email_addresses(self, data: dict[str, Any]) -> list[EmailAddress]:
        told = data["userinfo"]
        email = told.get(self.app.settings["claims"]["email"])
        if not email:
            return []
        verified = told.get("email_verified") is True  # and not the text "false"
        return [EmailAddress(email=str(email), verified=verified, primary=True)]


class Adapter(DefaultSocialAccountAdapter):
    """Whom a gateway's person is here."""

    def populate_user(self, request: HttpRequest, sociallogin: SocialLogin, data: dict[str, Any]) -> Person:
        person: Person = sociallogin.user
        person.email = (data.get("email") or "").lower()
        person.given_name, person.family_name = data["given_name"][:80], data["family_name"][:80]
        return person

    def get_signup_form_initial_data(self, sociallogin: SocialLogin) -> dict[str, Any]:
        names = {"given_name": sociallogin.user.given_name, "family_name": sociallogin.user.family_name}
        return super().get_signup_form_initial_data(sociallogin) | names

    def get_connect_redirect_url(self, request: HttpRequest, socialaccount: Any) -> str:
        return reverse("mfa_index")

    def on_authentication_error(self, request: HttpRequest, provider: Any, **why: Any) -> None:
        """Operators read in the log what people need not."""
        logger.warning("No sign-in through %s: %s %r", provider, why.get("error"), why.get("exception"))

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """The answer to what this very browser asked; and nobody becomes staff by an address alone."""
        if not sociallogin.state.get("nonce") or sociallogin.state["nonce"] != sociallogin.nonce:
            provider = sociallogin.provider
            raise ImmediateHttpResponse(render_authentication_error(request, provider))
        if sociallogin.is_existing or sociallogin.state.get("process") == "connect":
            return
        known = self.same_address(sociallogin)
        if known is not None:
            messages.warning(request, why_not(known) % {"email": known.email})
            raise ImmediateHttpResponse(redirect("account_login"))

    def authenticate_by_email(self, sociallogin: SocialLogin) -> tuple[Person, str] | None:
        """The account with an address that both sides have verified; whoever runs a programme joins by hand."""
        person = self.same_address(sociallogin)
        if person is None or not person.is_active or second_step.reason(person):
            return None
        return person, person.email

    def same_address(self, sociallogin: SocialLogin) -> Person | None:
        """Who has shown here that the address the gateway vouches for is theirs."""
        vouched = [address.email for address in sociallogin.email_addresses if address.verified]
        found = EmailAddress.objects.filter(email__in=[email.lower() for email in vouched], verified=True)
        known = found.select_related("user").first()
        return known.user if known else None


def why_not(person: Person) -> str:
    """Why an address that both sides have verified does not open this account."""
    if not person.is_active:
        return _(
            "%(email)s belongs to an account that is closed. If you think that it should be open, write to those who"
            " run the programme."
        )
    return _(
        "%(email)s belongs to an account that runs a programme: sign in to it as usual, then join"
        " the two under “Sign-in and security”."
    )


UNREACHABLE = (OAuth2Error, requests.RequestException, KeyError, ValueError)


def offered() -> list[tuple[str, str]]:
    """The gateways of this installation: name in addresses, and label."""
    apps = settings.SOCIALACCOUNT_PROVIDERS["gateway"]["APPS"]
    return [(app["provider_id"], app["name"]) for app in apps]


def joined(person: Person) -> list[tuple[SocialAccount, str]]:
    """The gateways that sign in as the person; one that is configured no longer goes by its name."""
    labels = dict(offered())
    mine = SocialAccount.objects.filter(user=person).order_by("date_joined")
    return [(account, labels.get(account.provider, account.provider)) for account in mine]
