"""The staff collects, takes, edits, tags and publishes good practices."""

from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from vivaio.kit import tables
from vivaio.kit.forms import posted
from vivaio.kit.refusals import refusals_shown
from vivaio.programmes import queries as programmes
from vivaio.programmes.models import Programme
from vivaio.publishing.models import Practice
from vivaio.publishing.practices import actions, pages, queries
from vivaio.publishing.practices.forms import CollectForm, PracticeForm, TagsForm
from vivaio.publishing.practices.tables import StaffPractices, ToTake


def programme_of(request: HttpRequest, slug: str, permission: str) -> Programme:
    """The programme in which the person has the permission; else 404."""
    row = get_object_or_404(programmes.programmes_where(request.user, permission), slug=slug)
    request.frame_programme = row  # type: ignore[attr-defined]
    request.frame_permissions = programmes.permissions_of(request.user, row)  # type: ignore[attr-defined]
    return row


def practice_of(request: HttpRequest, pk: UUID, permission: str) -> Practice:
    """The practice, for who has the permission in its programme; else 404."""
    row = get_object_or_404(queries.for_staff(request.user, permission), pk=pk)
    request.frame_programme = row.programme  # type: ignore[attr-defined]
    return row


@require_safe
def desk(request: HttpRequest, programme: str) -> HttpResponseBase:
    """What is collected: applications to read, and every practice with its state."""
    row = programme_of(request, programme, "programme.read")
    may = request.frame_permissions  # type: ignore[attr-defined]
    choices = {"need": [(one.key, one.title_i18n) for one in queries.tags_of(row)[0]]}
    table = StaffPractices(queries.listed(row), request.GET, choices=choices)
    waiting = None
    if {"site.edit", "applications.read"} <= may:
        cells = {"token": get_token(request)}
        waiting = ToTake(queries.to_take(row, request.user), request.GET, context=cells)
    context = {
        "programme": row,
        "waiting": waiting,
        "collect_href": reverse("publishing:practice_collect", args=[row.slug])
        if "calls.edit" in may
        else "",
    }
    return tables.respond(request, table, "publishing/practices/desk.html", context)


@require_http_methods(["GET", "POST"])
def collect(request: HttpRequest, programme: str) -> HttpResponse:
    """Begin a collection: a call with its ready-made form, to be looked over and published."""
    row = programme_of(request, programme, "calls.edit")
    with timezone.override(ZoneInfo(row.time_zone)):
        form = CollectForm(posted(request))
        if request.method == "POST" and form.is_valid():
            done = _("The collection is in preparation: look it over, then publish it.")
            with refusals_shown(request, done):
                call = actions.collect(row, **form.values, by=request.user)
                return redirect("calls:manage", row.slug, call.slug)
        title = _("Begin a collection")
        context = {"programme": row, "form": form, "title": title, "trail": pages.trail(row, title)}
        return render(request, "publishing/practices/collect.html", context)


@require_POST
def take(request: HttpRequest, programme: str, application: UUID) -> HttpResponse:
    """Accept an application for publication."""
    row = programme_of(request, programme, "site.edit")
    found = get_object_or_404(queries.takeable(row, request.user), pk=application)
    made: Any = None
    with refusals_shown(
        request, _("Accepted: edit the text if it needs it, settle its tags, then publish it.")
    ):
        made = actions.take(found, by=request.user)
    return (
        redirect("publishing:practice_edit", made.pk)
        if made
        else redirect("publishing:practice_desk", row.slug)
    )


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The practice for the staff: its text, its tags, where it stands and what can be done."""
    row = practice_of(request, pk, "site.edit" if request.method == "POST" else "programme.read")
    dimensions, fields = queries.tags_of(row.programme, *row.fields)
    tagging = "tags" in request.POST
    form = PracticeForm(None if tagging else posted(request), row)
    tags = TagsForm(posted(request) if tagging else None, dimensions, fields, row)
    chosen = tags if tagging else form
    if request.method == "POST" and chosen.is_valid():
        with refusals_shown(request, _("Kept.")) as shown:
            (actions.settle if tagging else actions.edit)(row, **chosen.values, by=request.user)
        if not shown.refused:
            return redirect("publishing:practice_edit", pk)
    context = {**pages.standing(row, request.user), "form": form, "tags_form": tags}
    status = 422 if chosen.errors else 200
    return render(request, "publishing/practices/edit.html", context, status=status)


@require_http_methods(["GET", "POST"])
def act(request: HttpRequest, pk: UUID, act: str) -> HttpResponse:
    """Ask, then do it."""
    row = practice_of(request, pk, "site.edit")
    taken = pages.ACTS.get(act)
    if taken is None:
        raise Http404
    form = taken.form(posted(request)) if taken.form else None
    if request.method == "POST" and (form is None or form.is_valid()):
        with refusals_shown(request, taken.done):
            taken.run(row, by=request.user, **(form.cleaned_data if form else {}))
        return redirect("publishing:practice_edit", pk)
    context = {
        "title": taken.title, "text": taken.text, "action": taken.button, "danger": taken.danger,
        "back_href": reverse("publishing:practice_edit", args=[pk]), "refused": taken.rule(row, request.user),
        "trail": pages.trail(row.programme, row.title_i18n),
    }  # fmt: skip
    context |= {"form": form} if form else {}
    return render(request, "kit/confirm.html", context)
