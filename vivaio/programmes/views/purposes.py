"""What personal data are used for: the staff's rows, and the register of processing made of them."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from vivaio.kit import tables
from vivaio.kit.forms import posted
from vivaio.kit.refusals import refusals_shown
from vivaio.programmes import actions, queries, retaining
from vivaio.programmes.forms import rows as forms
from vivaio.programmes.forms.notices import PurposeForm
from vivaio.programmes.tables import register_of_processing
from vivaio.programmes.views.privacy_frame import holder_of


@require_http_methods(["GET", "POST"])
def purposes(request: HttpRequest, slug: str | None = None) -> HttpResponse:
    """Purposes: change, add, remove, put in order, all in one form."""
    holder = holder_of(request, slug)
    stored = queries.purposes(holder.programme)
    formset, status = forms.bound(PurposeForm, posted(request), holder, stored), 200
    if "another" in request.POST:
        formset = forms.one_more(PurposeForm, request.POST, holder)
    elif request.method == "POST":
        if formset.is_valid():
            with refusals_shown(request, _("The purposes are saved.")):
                actions.set_purposes(
                    holder.programme, formset.entries, removed=formset.removed, by=request.user
                )
            return holder.back_to("purposes")
        status = 422
    lead = _(
        "What personal data are used for, and on which legal basis. The public page lists them; the register of"
        " processing is made of them; people are asked where the basis is consent."
    )
    another = "another" in request.POST or not stored
    context = holder.page("purposes", formset=formset, lead=lead, another=another)
    return render(request, "programmes/privacy/purposes.html", context, status=status)


@require_safe
def processing(request: HttpRequest, slug: str | None = None) -> HttpResponseBase:
    """The register of processing (GDPR art. 30), as a page and as a file."""
    holder = holder_of(request, slug, "programme.read")
    controller, periods = queries.controller_of(holder.programme), retaining.periods(holder.programme)
    register = register_of_processing(
        controller, "; ".join(f"{one.kind.title}: {one.words} {one.kind.since}" for one in periods)
    )
    table = register(queries.purposes(holder.programme), request.GET)
    context = holder.page("processing", controller=controller, periods=periods)
    return tables.respond(request, table, "programmes/privacy/processing.html", context)
