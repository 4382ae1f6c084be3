"""Away to a gateway of identity, and back."""

from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.helpers import render_authentication_error
from allauth.socialaccount.internal import statekit
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from vivaio.people import gateways
from vivaio.people.views.frame import where_next


def provider_of(request: HttpRequest, gateway: str) -> gateways.Gateway:
    """The gateway of that name, or 404."""
    try:
        return get_adapter().get_provider(request, gateway)
    except SocialApp.DoesNotExist:
        raise Http404 from None


@never_cache
@login_not_required
@require_POST
def start(request: HttpRequest, gateway: str) -> HttpResponse:
    """Leave for the gateway: to sign in, or (signed in) to join it to one's account.

    By a page that moves on by itself: a form of ours may lead to no other host (`form-action`).
    """
    provider = provider_of(request, gateway)
    process = "connect" if request.user.is_authenticated else "login"
    try:
        answer = provider.redirect(request, process, where_next(request, "") or None)
    except gateways.UNREACHABLE as failure:
        return render_authentication_error(request, provider, exception=failure)
    if answer.status_code != 302:
        return answer
    page = render(request, "people/account/leaving.html", {"gateway": provider.name, "address": answer.url})
    page.headers["Refresh"] = f"0; url={answer.url}"
    return page


@never_cache
@login_not_required
@require_safe
def back(request: HttpRequest, gateway: str) -> HttpResponse:
    """Back from the gateway, in the language in which one left."""
    provider_of(request, gateway)
    stashed = statekit.get_states(request).get(request.GET.get("state", ""))
    language = stashed[0].get("language") if stashed else None
    view = OAuth2CallbackView.adapter_view(gateways.Answers(request, gateway))
    if not language:
        return view(request)
    with override(language):
        return view(request)
