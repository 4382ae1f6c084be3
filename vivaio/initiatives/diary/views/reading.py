"""A diary and its entries, as those who may read them do."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from vivaio.initiatives.diary import actions, queries, rules
from vivaio.initiatives.diary.forms import CommentForm
from vivaio.initiatives.diary.tables import TONES, Diary
from vivaio.initiatives.models import DiaryComment, DiaryEntry, Initiative
from vivaio.initiatives.opening import opened, page
from vivaio.initiatives.readers import Reader
from vivaio.initiatives.states import DiaryState
from vivaio.kit import files, tables
from vivaio.kit.refusals import refusals_shown

SIZES = ("large", "small")


@dataclass(frozen=True)
class Picture:
    """A photo of one size, as `files.serve` wants it."""

    file: Any
    name: str
    content_type: str = "image/jpeg"


def entry_of(request: HttpRequest, pk: UUID) -> tuple[DiaryEntry, Initiative, Reader]:
    """The entry with its initiative as the person reads it; else 404."""
    found = get_object_or_404(queries.visible_to(request.user), pk=pk)
    row, reader = opened(request, found.initiative_id)
    found.initiative = row
    return found, row, reader


def month_choices(row: Initiative, request: HttpRequest) -> list[tuple[str, str]]:
    found = queries.months(row, request.user)
    return [(f"{day:%Y-%m}", date_format(day, "F Y")) for day in found]


@require_safe
def diary(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """What the team tells, day by day."""
    row, reader = opened(request, pk)
    rows = queries.of_initiative(row, request.user)
    table = Diary(rows, request.GET, choices={"month": month_choices(row, request)})
    if table.export:
        return tables.respond(request, table, "", {})
    context = {"table": table, "refused": rules.writes(row, reader.of_team)}
    return page(request, "initiatives/diary/diary.html", row, reader, "diary", context)


@require_safe
def entry(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One day, its photos and files, what was said about it."""
    found, row, reader = entry_of(request, pk)
    return page(request, "initiatives/diary/entry.html", row, reader, "diary", told(found, row, reader))


def told(found: DiaryEntry, row: Initiative, reader: Reader, form: Any = None) -> dict[str, Any]:
    """What the page of an entry says; rules are asked with what the page knows."""
    wrote = found.author_id == reader.person.pk
    own = reader.of_team and (wrote or (reader.leads and queries.left_behind(found)))
    decides = reader.follows and reader.person.pk not in (found.author_id, found.declared_by_id)
    comments = found.state in queries.STANDING and (
        reader.of_team or (reader.follows and found.visibility in queries.FOR_PROGRAMME)
    )
    return {
        "entry": found,
        "entry_tone": TONES[found.state],
        "photos": found.photos.all(),
        "files": found.files.all(),
        "remarks": queries.comments_of(found),
        "form": form or CommentForm(),
        "own": own and rules.writes(row, reader.of_team) is None and found.state != DiaryState.DELETED,
        "deletes": found.state not in (DiaryState.DRAFT, DiaryState.DELETED)
        and (reader.leads or (reader.of_team and wrote)),
        "decides": decides and found.state in (DiaryState.WAITING, DiaryState.PUBLIC),
        "comments": comments,
        "zone": row.programme.time_zone,
    }


@require_POST
def comment(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say something about an entry; what is refused stays in the field."""
    found, row, reader = entry_of(request, pk)
    form = CommentForm(request.POST)
    if form.is_valid():
        with refusals_shown(request, _("Your comment is there.")) as shown:
            actions.comment(found, form.cleaned_data["text"], by=request.user)
        if not shown.refused:
            return redirect(found.get_absolute_url() + "#comments")
    context = told(found, row, reader, form)
    return page(request, "initiatives/diary/entry.html", row, reader, "diary", context, status=422)


@require_POST
def comment_remove(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take one's own comment back."""
    rows = DiaryComment.objects.select_related("entry").filter(person=request.user)
    remark = get_object_or_404(rows, pk=pk)
    with refusals_shown(request, _("Your comment is gone.")):
        actions.take_back(remark, by=request.user)
    return redirect(reverse("initiatives:diary_entry", args=[remark.entry_id]) + "#comments")


@login_not_required
@require_safe
def photo(request: HttpRequest, pk: UUID, size: str) -> HttpResponseBase:
    """A photo, to who may read its entry."""
    found = get_object_or_404(queries.photo_for(request.user, pk))
    if size not in SIZES:
        raise Http404
    return files.serve(Picture(getattr(found, size), f"{found.pk}-{size}.jpg"), inline=True)


@login_not_required
@require_safe
def file(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """A file, to who may read its entry."""
    return files.serve(get_object_or_404(queries.file_for(request.user, pk)), inline=True)
