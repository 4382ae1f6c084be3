"""The editor of a call, section by section."""

from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from vivaio.calls import actions, forms, queries, rules, sections
from vivaio.calls.models import Call
from vivaio.calls.staging import needs
from vivaio.kit.refusals import refusals_shown

FIELDS: dict[str, Any] = {
    "texts": forms.TextsForm,
    "windows": forms.WindowsForm,
    "applicants": forms.ApplicantsForm,
    "checking": forms.CheckingForm,
    "ties": forms.DecidingForm,
    "comments": forms.CommentsForm,
    "publication": forms.PublicationForm,
}


def editable(request: HttpRequest, programme: str, slug: str) -> Call:
    """The call that the person may edit, else 404."""
    return get_object_or_404(
        queries.editable_by(request.user).select_related("form__form"), programme__slug=programme, slug=slug
    )


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, programme: str, slug: str, section: str) -> HttpResponse:
    """One section. Instants are read and shown in the programme's zone."""
    call = editable(request, programme, slug)
    if section not in sections.SECTIONS:
        raise Http404
    with timezone.override(ZoneInfo(call.time_zone)):
        if section == "documents":
            return documents(request, call)
        if section in forms.PARTS:
            return rows(request, call, section)
        return fields(request, call, section)


def fields(request: HttpRequest, call: Call, section: str) -> HttpResponse:
    """A section that is fields of the call itself."""
    data = request.POST if request.method == "POST" else None
    form = FIELDS[section](data, instance=call, programme=call.programme)
    if data is not None and form.is_valid():
        with refusals_shown(request) as shown:
            actions.amend(call, form.values(), by=request.user)
            messages.success(request, saved_in_words(form.values()))
        if not shown.refused:
            return redirect(sections.address(call, "edit", section))
    call = editable(request, call.programme.slug, call.slug)  # as it stands, not as it was typed
    context = sections.frame(request, call, section, form=form, locked=form.locked)
    return render(request, "calls/manage/fields.html", context)


def saved_in_words(values: Any) -> str:
    return _("Saved.") if values else _("Nothing had changed.")


def locked_in(call: Call, part: str) -> Any:
    """Why the rows of a part can no longer change, if so."""
    locked = rules.alive(call) or (rules.change_terms(call) if part in rules.TERMS else None)
    return locked or (needs.announced(call) if part == "tracks" else None)


def rows(request: HttpRequest, call: Call, part: str) -> HttpResponse:
    """A section that is rows: added and removed on the page, saved together."""
    locked = locked_in(call, part)
    if request.method != "POST":
        return drawn(request, call, part, forms.rows_form(call, part, locked=locked), locked)
    if "add" in request.POST:
        found = forms.rows_form(call, part, request.POST, add=True, locked=locked)
        return drawn(request, call, part, found.as_typed(), locked)
    found = forms.rows_form(call, part, request.POST, locked=locked)
    if found.is_valid():
        lines = [actions.Line(one.instance, one.changed_names(), one.to_remove) for one in found.kept()]
        with refusals_shown(request, _("Saved.")) as shown:
            actions.arrange(call, part, lines, by=request.user)
        if not shown.refused:
            return redirect(sections.address(call, "edit", part))
    return drawn(request, call, part, found, locked)


def drawn(request: HttpRequest, call: Call, part: str, found: forms.Rows, locked: Any) -> HttpResponse:
    context = sections.frame(request, call, part, rows=found, locked=locked, part=part)
    if part == "criteria":
        context |= {"total": found.total_weight(), "weights_href": sections.address(call, "weights")}
    return render(request, "calls/manage/rows.html", context)


@require_POST
def weights(request: HttpRequest, programme: str, slug: str) -> HttpResponse:
    """What the weights typed so far add up to; nothing is kept."""
    call = editable(request, programme, slug)
    total = forms.rows_form(call, "criteria", request.POST).total_weight()
    return render(request, "calls/manage/total.html", {"total": total})


def documents(request: HttpRequest, call: Call) -> HttpResponse:
    """The documents of the call, and the way to add one."""
    data = (request.POST, request.FILES) if request.method == "POST" else ()
    form = forms.DocumentForm(*data)
    if data and form.is_valid():
        said = form.cleaned_data
        with refusals_shown(request, _("“%(name)s” was added.") % {"name": said["file"].name}):
            actions.add_document(call, said["file"], title=said["title"], by=request.user)
        return redirect(sections.address(call, "edit", "documents"))
    context = sections.frame(
        request,
        call,
        "documents",
        form=form,
        documents=call.documents.all(),
        locked=rules.add_document(call, request.user),
    )
    return render(request, "calls/manage/documents.html", context)


@require_http_methods(["GET", "POST"])
def remove_document(request: HttpRequest, programme: str, slug: str, pk: UUID) -> HttpResponse:
    """Ask, then remove a document."""
    call = editable(request, programme, slug)
    document = get_object_or_404(call.documents, pk=pk)
    back = sections.address(call, "edit", "documents")
    if request.method == "POST":
        with refusals_shown(request, _("“%(name)s” was removed.") % {"name": document.title}):
            actions.remove_document(document, by=request.user)
        return redirect(back)
    context = sections.frame(
        request,
        call,
        "documents",
        title=_("Remove “%(name)s”?") % {"name": document.title},
        text=_("It can no longer be downloaded. This cannot be undone."),
        action=_("Remove the document"),
        back_href=back,
        danger=True,
    )
    return render(request, "kit/confirm.html", context)
