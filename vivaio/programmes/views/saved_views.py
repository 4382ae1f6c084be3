"""Saved views of the lists of a programme: which there are, their page, and each one."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode, urlsplit
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse, translate_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from vivaio.kit.forms import posted
from vivaio.kit.refusals import refusals_shown
from vivaio.kit.tables import View, lists, shelf
from vivaio.programmes import actions, queries, rules
from vivaio.programmes.forms.saved_views import ViewForm
from vivaio.programmes.models import Programme, SavedView
from vivaio.programmes.views.frame import programme_where


@shelf
def views_above(request: HttpRequest, key: str, permission: str) -> tuple[str, Sequence[View]] | None:
    """The views above a list of a programme; what the person's roles allow comes with the same query."""
    programme = getattr(request, "frame_programme", None)
    if not permission or not isinstance(programme, Programme):
        return None
    permissions, found = standing(request, programme, key)
    if permission not in permissions:
        return None
    return reverse("programmes:views", args=[programme.slug, key]), [
        View(
            pk=one["pk"],
            name=one["name"],
            query=one["query"],
            shared=one["shared"],
            usual=one["usual"],
            own=(own := one["owner"] == str(request.user.pk)),
            update_href=reverse("programmes:update_view", args=[programme.slug, one["pk"]])
            if own or "programme.edit" in permissions
            else "",
        )
        for one in found
        if one["list"] == key
    ]


def standing(
    request: HttpRequest, programme: Programme, key: str
) -> tuple[frozenset[str], list[dict[str, Any]]]:
    """What the person may do, and their views of all lists of this page: read once, kept for the menu as well."""
    known: tuple[frozenset[str], list[dict[str, Any]]] | None = getattr(request, "saved_views", None)
    if known is None:
        known = queries.standing(request.user, programme, getattr(request, "list_keys", [key]))
        request.saved_views = known  # type: ignore[attr-defined]
        request.frame_permissions = known[0]  # type: ignore[attr-defined]
    return known


def whence(request: HttpRequest) -> tuple[str, str]:
    """The list that one comes from, in the reader's language, and what its address held; only addresses of ours."""
    here = request.GET.get("here", "")
    if not here.startswith("/") or not url_has_allowed_host_and_scheme(here, None):
        return "", ""
    parts = urlsplit(translate_url(here, get_language() or ""))
    return parts.path, parts.query


def after(request: HttpRequest) -> str:
    """What an address needs to know the way back to the list."""
    path, query = whence(request)
    return "?" + urlencode({"here": f"{path}?{query}" if query else path}) if path else ""


def opened(path: str, view: SavedView) -> str:
    """The address of the list with the view; nothing where one comes from nowhere."""
    named = f"{lists()[view.list_key].prefix}view"
    return f"{path}?{view.query}&{urlencode({named: view.pk})}" if path else ""


def list_page(view: SavedView) -> str:
    return reverse("programmes:views", args=[view.programme.slug, view.list_key])


def trail(key: str, path: str, *more: tuple[str, str]) -> list[tuple[str, str]]:
    return [(str(lists()[key].caption), path), *(more or ((_("Saved views"), ""),))]


@require_http_methods(["GET", "POST"])
def views(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """The views of a list, and saving what it shows now as one more."""
    table = lists().get(key)
    if table is None or not table.permission:
        raise Http404
    programme = programme_where(request, slug, table.permission)
    request.frame_list = key  # type: ignore[attr-defined]
    shares = rules.may(request.user, "programme.edit", programme)
    form = ViewForm(posted(request), named=True, may_share=shares is None, opens=not table.prefix)
    path, query = whence(request)
    if request.method == "POST" and form.is_valid():
        given = {"shared": False, "usual": False, **form.cleaned_data}
        with refusals_shown(request, _("The view is saved.")) as done:
            view = actions.save_view(programme, key, query=query, by=request.user, **given)
        if not done.refused:
            return redirect(opened(path, view) or list_page(view))
    context = _page(request, programme, key, form) | {"shares": shares}
    status = 422 if request.method == "POST" else 200
    return render(request, "programmes/saved_views/list.html", context, status=status)


def _page(request: HttpRequest, programme: Programme, key: str, form: ViewForm) -> dict[str, Any]:
    path, query = whence(request)
    lines = [
        {
            "view": view,
            "href": opened(path, view),
            "own": view.person_id == request.user.pk,
            "arrange_href": reverse("programmes:view", args=[programme.slug, view.pk]) + after(request),
        }
        for view in queries.views_of(request.user, programme, key)
    ]
    return {
        "form": form,
        "programme": programme,
        "list_title": lists()[key].caption,
        "keeps": actions.lasting(query),
        "lines": lines,
        "list_href": path,
        "trail": trail(key, path),
    }


def one(request: HttpRequest, slug: str, pk: UUID) -> SavedView:
    """A view of the programme that the person finds, of a list that they may see; else 404."""
    programme = programme_where(request, slug, "programme.read")
    found = queries.views_of(request.user, programme)
    seen = found.filter(list_key__in=queries.lists_read_by(request.user, programme))
    view: SavedView = get_object_or_404(seen, pk=pk)
    request.frame_list = view.list_key  # type: ignore[attr-defined]
    return view


@require_http_methods(["GET", "POST"])
def view(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    """One view: its name, whether it opens first, whether it is shared."""
    found = one(request, slug, pk)
    kept = {"name": found.name, "shared": found.shared, "usual": found.is_usual}
    fixed = rules.edit_view(found, request.user)
    shares = fixed is None and rules.may(request.user, "programme.edit", found.programme) is None
    opens = not lists()[found.list_key].prefix
    form = ViewForm(posted(request), initial=kept, named=fixed is None, may_share=shares, opens=opens)
    back, path = list_page(found) + after(request), whence(request)[0]
    if request.method == "POST" and form.is_valid():
        with refusals_shown(request, _("The view is saved.")) as done:
            actions.arrange_view(found, by=request.user, **{**kept, **form.cleaned_data})
        if not done.refused:
            return redirect(back)
    context = {
        "view": found,
        "form": form,
        "fixed": fixed,
        "own": found.person_id == request.user.pk,
        "back_href": back,
        "delete_href": reverse("programmes:delete_view", args=[slug, pk]) + after(request),
        "trail": trail(found.list_key, path, (_("Saved views"), back), (str(found), "")),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "programmes/saved_views/view.html", context, status=status)


@require_POST
def update(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    """Let the view ask for what its list shows now."""
    found = one(request, slug, pk)
    path, query = whence(request)
    with refusals_shown(request, _("The view “%(name)s” now holds what the list shows.") % {"name": found}):
        found = actions.update_view(found, query=query, by=request.user)
    return redirect(opened(path, found) or list_page(found))


@require_http_methods(["GET", "POST"])
def delete(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    """Ask, then take a view away."""
    found = one(request, slug, pk)
    back = list_page(found) + after(request)
    if request.method == "POST":
        with refusals_shown(request, _("The view is deleted.")):
            actions.delete_view(found, by=request.user)
        return redirect(back)
    text = _("The list and what it holds stay as they are.")
    if found.shared:
        text = _(
            "It is shared: nobody of the staff finds it any more. The list and what it holds stay as they are."
        )
    context = {
        "title": _("Delete the view “%(name)s”?") % {"name": found},
        "text": text,
        "action": _("Delete the view"),
        "danger": True,
        "back_href": back,
        "refused": rules.edit_view(found, request.user),
    }
    return render(request, "kit/confirm.html", context)
