"""One's personal tokens: made, told once, revoked."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from vivaio.api import actions, queries, rules
from vivaio.api.forms import TokenForm
from vivaio.api.scopes import SCOPES
from vivaio.kit.forms import posted
from vivaio.kit.refusals import refusals_shown


@never_cache
@require_http_methods(["GET", "POST"])
def tokens(request: HttpRequest) -> HttpResponse:
    """One's tokens; a new one is told on the page that answers, and nowhere else."""
    form, made = TokenForm(posted(request)), None
    if request.method == "POST" and form.is_valid():
        with refusals_shown(request):
            made = actions.make_token(**form.given, by=request.user)
            form = TokenForm()
    rows = [
        (token, [words for scope, words in SCOPES.items() if scope in token.scopes])
        for token in queries.tokens_of(request.user)
    ]
    context = {"rows": rows, "form": form, "made": made, "refused": rules.begin(request.user)}
    return render(request, "api/tokens.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def revoke(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask, then revoke."""
    token = get_object_or_404(queries.tokens_of(request.user), pk=pk)
    if request.method == "POST":
        with refusals_shown(request, _("The token is revoked.")):
            actions.revoke_token(token, by=request.user)
        return redirect("api:tokens")
    context = {
        "title": _("Revoke “%(name)s”?") % {"name": token},
        "text": _(
            "The program that uses it gets in no more, from its next request on. This cannot be undone."
        ),
        "action": _("Revoke the token"),
        "back_href": redirect("api:tokens").url,
        "danger": True,
        "refused": rules.revoke(token, request.user),
    }
    return render(request, "kit/confirm.html", context)
