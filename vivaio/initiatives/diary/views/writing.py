"""Writing an entry, kept as one types; photos and files; throwing away and deleting."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from vivaio.initiatives.diary import actions, queries, rules
from vivaio.initiatives.diary.forms import DeleteForm, EntryForm, FileForm, PhotoForm, typed
from vivaio.initiatives.diary.views.reading import entry_of
from vivaio.initiatives.opening import opened, page
from vivaio.initiatives.states import DiaryState, Visibility
from vivaio.kit import clock
from vivaio.kit.formats import hour
from vivaio.kit.forms import posted
from vivaio.kit.refusals import refusals_shown
from vivaio.kit.rules import Refused

FORM = "initiatives/accompanying/form.html"


@require_POST
def start(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A draft to write in, or the one that was begun."""
    row, _reader = opened(request, pk)
    with refusals_shown(request) as shown:
        found = actions.start(row, by=request.user)
    if shown.refused:
        return redirect("initiatives:diary", pk)
    return redirect("initiatives:diary_write", found.pk)


@require_http_methods(["GET", "POST"])
def write(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The entry's words and who reads it; photos and files stand below."""
    found, row, reader = entry_of(request, pk)
    form = EntryForm(posted(request), found)
    if request.method == "POST" and form.is_valid():
        with refusals_shown(request, _("The entry is in the diary.")) as shown:
            said = form.cleaned_data["declared"]
            actions.save(found, values=form.values, declared=said, by=request.user)
        if not shown.refused:
            return redirect(found)
        asks = form.cleaned_data["visibility"] == Visibility.ALL and not said
        form.add_error("declared" if asks else None, shown.reason)
    context = {
        "entry": found,
        "form": form,
        "photos": found.photos.all(),
        "files": found.files.all(),
        "refused": rules.change(found, request.user),
        "saved_words": _("What you write is kept as you go"),
        "is_draft": found.state == DiaryState.DRAFT,
    }
    status = 422 if form.errors else 200
    return page(request, "initiatives/diary/write.html", row, reader, "diary", context, status=status)


@require_POST
def keep(request: HttpRequest, pk: UUID) -> JsonResponse:
    """Keep what is being written, in the words of `kit/autosave.js`."""
    found = get_object_or_404(queries.visible_to(request.user), pk=pk)
    try:
        actions.keep_typed(found, typed(request.body), by=request.user)
    except Refused as refusal:
        return JsonResponse({"refused": str(refusal.reason)}, status=409)
    zone = found.initiative.programme.time_zone
    return JsonResponse({"saved_at_text": _("Kept at %(hour)s") % {"hour": hour(clock.now(), zone)}})


def attach(request: HttpRequest, pk: UUID, form: Any, heading: str, submit: str, add: Any) -> HttpResponse:
    """The page that adds a photo or a file."""
    found, row, reader = entry_of(request, pk)
    back = reverse("initiatives:diary_write", args=[pk])
    if found.visibility != Visibility.ALL or found.state == DiaryState.DRAFT:
        del form.fields["declared"]
    if request.method == "POST" and form.is_valid():
        with refusals_shown(request, _("It is with the entry.")) as shown:
            said = {"declared": False, **form.cleaned_data}
            add(found, upload=said.pop("file"), **said, by=request.user)
        if not shown.refused:
            return redirect(back)
        form.add_error(None, shown.reason)
    context = {"form": form, "heading": heading, "submit": submit, "back_href": back, "files": True}
    refused = {"refused": rules.change(found, request.user)}
    status = 422 if form.errors else 200
    return page(request, FORM, row, reader, "diary", context | refused, status=status)


@require_http_methods(["GET", "POST"])
def photo_add(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A photo, with words for who does not see it."""
    form = PhotoForm(posted(request), request.FILES or None)
    return attach(request, pk, form, _("A photo for the entry"), _("Add the photo"), actions.add_photo)


@require_http_methods(["GET", "POST"])
def file_add(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A document."""
    form = FileForm(posted(request), request.FILES or None)
    return attach(request, pk, form, _("A file for the entry"), _("Add the file"), actions.add_file)


@require_POST
def photo_remove(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take a photo away."""
    found = get_object_or_404(queries.photo_for(request.user, pk))
    with refusals_shown(request, _("The photo is gone.")):
        actions.remove_photo(found, by=request.user)
    return redirect("initiatives:diary_write", found.entry_id)


@require_POST
def file_remove(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take a file away."""
    found = get_object_or_404(queries.file_for(request.user, pk))
    with refusals_shown(request, _("The file is gone.")):
        actions.remove_file(found, by=request.user)
    return redirect("initiatives:diary_write", found.entry_id)


@require_http_methods(["GET", "POST"])
def discard(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Throw a draft away; asked before."""
    found, row, _reader = entry_of(request, pk)
    if request.method == "POST":
        with refusals_shown(request, _("The draft is gone.")):
            actions.discard(found, by=request.user)
        return redirect("initiatives:diary", row.pk)
    context = {
        "title": _("Throw the draft away?"),
        "text": _("What you have written goes, with its photos and files."),
        "action": _("Throw it away"),
        "danger": True,
        "back_href": reverse("initiatives:diary_write", args=[pk]),
        "refused": rules.discard(found, request.user),
    }
    return render(request, "kit/confirm.html", context)


@require_http_methods(["GET", "POST"])
def delete(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Delete an entry with a reason; asked before."""
    found, row, _reader = entry_of(request, pk)
    form = DeleteForm(posted(request))
    if request.method == "POST" and form.is_valid():
        with refusals_shown(request, _("The entry is deleted.")) as shown:
            actions.delete(found, reason=form.cleaned_data["reason"], by=request.user)
        if not shown.refused:
            return redirect("initiatives:diary", row.pk)
    context = {
        "title": _("Delete “%(entry)s”?") % {"entry": found},
        "text": _(
            "Words, photos, files and comments go for good. That there was an entry, and why it went, stays."
        ),
        "form": form,
        "action": _("Delete the entry"),
        "danger": True,
        "back_href": found.get_absolute_url(),
        "refused": rules.delete(found, request.user),
    }
    return render(request, "kit/confirm.html", context, status=422 if form.errors else 200)
