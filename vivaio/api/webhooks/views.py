"""The pages of a programme's webhooks."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from vivaio.api.models import Webhook
from vivaio.api.states import WebhookState
from vivaio.api.webhooks import actions, queries, rules
from vivaio.api.webhooks.forms import WebhookForm
from vivaio.api.webhooks.kinds import KINDS
from vivaio.api.webhooks.tables import Deliveries
from vivaio.kit import tables
from vivaio.kit.forms import posted
from vivaio.kit.refusals import refusals_shown
from vivaio.programmes import queries as programmes

TONES = {WebhookState.ON: "yes", WebhookState.OFF: "", WebhookState.FAILED: "no"}


def one(request: HttpRequest, slug: str, pk: UUID) -> Webhook:
    """A webhook of a programme that the person sets up, else 404."""
    found = get_object_or_404(queries.visible_to(request.user), programme__slug=slug, pk=pk)
    request.frame_programme = found.programme  # type: ignore[attr-defined]
    return found


def words_of(webhook: Webhook) -> list[object]:
    """What it is told, in words."""
    return [words for code, (words, _verbs) in KINDS.items() if code in webhook.kinds]


@never_cache
@require_http_methods(["GET", "POST"])
def webhooks(request: HttpRequest, slug: str) -> HttpResponse:
    """Where events are sent; the secret of a new one is told on the page that answers, and nowhere else."""
    row = get_object_or_404(programmes.programmes_where(request.user, queries.EDIT), slug=slug)
    request.frame_programme = row  # type: ignore[attr-defined]
    form, made = WebhookForm(posted(request)), None
    if request.method == "POST" and form.is_valid():
        with refusals_shown(request) as shown:
            made = actions.register(
                row, form.cleaned_data["url"], form.cleaned_data["kinds"], by=request.user
            )
        form = form if shown.refused else WebhookForm()
    rows = [(one, words_of(one), TONES[WebhookState(one.state)]) for one in queries.of(row)]
    context = {"programme": row, "rows": rows, "form": form, "made": made}
    status = 422 if form.errors or (request.method == "POST" and made is None) else 200
    return render(request, "api/webhooks/list.html", context, status=status)


@require_safe
def webhook(request: HttpRequest, slug: str, pk: UUID) -> HttpResponseBase:
    """What was sent to one address, and what it answered."""
    found = one(request, slug, pk)
    cells = {"programme_slug": slug, "token": get_token(request)}
    table = Deliveries(queries.deliveries_of(found), request.GET, context=cells)
    context = {
        "webhook": found,
        "programme": found.programme,
        "words": words_of(found),
        "tone": TONES[WebhookState(found.state)],
        "is_on": found.state == WebhookState.ON,
        "trail": [(_("Webhooks"), reverse("api:webhooks", args=[slug])), (found.url, "")],
    }
    return tables.respond(request, table, "api/webhooks/webhook.html", context)


@require_POST
def switch(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    """On, or off."""
    found = one(request, slug, pk)
    on = found.state != WebhookState.ON
    with refusals_shown(request, _("The webhook is on.") if on else _("The webhook is off.")):
        actions.switch(found, on, by=request.user)
    return redirect("api:webhook", slug, pk)


@require_http_methods(["GET", "POST"])
def remove(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    """Ask, then remove."""
    found = one(request, slug, pk)
    if request.method == "POST":
        with refusals_shown(request, _("The webhook is removed.")):
            actions.remove(found, by=request.user)
        return redirect("api:webhooks", slug)
    context = {
        "title": _("Remove this webhook?"),
        "text": _("Nothing more is sent to %(url)s, and the list of what was sent goes.")
        % {"url": found.url},
        "action": _("Remove the webhook"),
        "back_href": reverse("api:webhook", args=[slug, pk]),
        "danger": True,
        "refused": rules.edit(found.programme, request.user),
    }
    return render(request, "kit/confirm.html", context)


@require_POST
def send_again(request: HttpRequest, slug: str, pk: UUID, delivery: UUID) -> HttpResponse:
    """One delivery once more, now."""
    found = one(request, slug, pk)
    row = get_object_or_404(queries.deliveries_of(found), pk=delivery)
    with refusals_shown(request, _("It is on its way again.")):
        actions.send_again(row, by=request.user)
    return redirect("api:webhook", slug, pk)
