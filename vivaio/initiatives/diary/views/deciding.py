"""The staff lets entries for everybody through, or asks to change them."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from vivaio.initiatives.accompanying import of_staff, staff
from vivaio.initiatives.diary import actions, queries, rules
from vivaio.initiatives.diary.forms import AskForm
from vivaio.initiatives.diary.tables import Diaries
from vivaio.initiatives.diary.views.reading import entry_of
from vivaio.kit import tables
from vivaio.kit.forms import posted
from vivaio.kit.refusals import refusals_shown

NO_REVISION = -1


@require_safe
def diaries(request: HttpRequest, programme: str) -> HttpResponseBase:
    """What the staff reads of all diaries."""
    row = of_staff(request, programme)
    table = Diaries(queries.in_programme(row), request.GET)
    context = {"waiting": queries.waiting_in(row).count(), **staff(row, "diaries")}
    return tables.respond(request, table, "initiatives/diary/diaries.html", context)


def revision_of(request: HttpRequest) -> int:
    """Which state of the entry the person has read; none at all where the form does not say."""
    told = request.POST.get("revision") or request.GET.get("revision") or ""
    return int(told) if told.isascii() and told.isdigit() and len(told) < 9 else NO_REVISION


@require_POST
def let_through(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Everybody may read it from now on."""
    found, _row, _reader = entry_of(request, pk)
    with refusals_shown(request, _("Everybody may read it now; its author gets a letter.")):
        actions.let_through(found, revision=revision_of(request), by=request.user)
    return redirect(found)


@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask the author to change it."""
    found, _row, _reader = entry_of(request, pk)
    form = AskForm(posted(request))
    revision = revision_of(request)
    if request.method == "POST" and form.is_valid():
        with refusals_shown(request, _("Its author has been asked by letter.")) as shown:
            actions.ask(found, revision=revision, words=form.cleaned_data["words"], by=request.user)
        if not shown.refused:
            return redirect(found)
    context = {
        "title": _("What is to be changed in “%(entry)s”?") % {"entry": found},
        "text": _(
            "Its author gets a letter with your words. Until it is changed, only the team and the programme read it."
        ),
        "form": form,
        "action": _("Ask for the change"),
        "back_href": found.get_absolute_url(),
        "refused": rules.ask(found, revision, request.user, "·"),
    }
    return render(request, "kit/confirm.html", context, status=422 if form.errors else 200)
