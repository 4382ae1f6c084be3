"""Saved views of lists: saved, renamed, shared, opened first, brought up to what is shown now, deleted."""

import re
import unicodedata
from urllib.parse import parse_qsl, urlencode

from django.db import transaction
from django.utils.translation import gettext as _

from vivaio.journal import actions as journal
from vivaio.kit.rules import Refused, require
from vivaio.people.models import Person
from vivaio.programmes import rules
from vivaio.programmes.actions.lifecycle import locked
from vivaio.programmes.models import Programme, SavedView, UsualView

# Of the moment, not of the view: which page one is on, the file that was asked for, the view one comes from.
PASSING = ("page", "export", "view")
MOST_PARTS = 50


def lasting(query: str) -> str:
    """What a view keeps of an address; nothing of one that no list of ours wrote."""
    try:
        pairs = parse_qsl(query, max_num_fields=MOST_PARTS)
    except ValueError:
        return ""
    return urlencode(
        [(key, value) for key, value in pairs if not passing(key) and "\0" not in value], safe=","
    )


def passing(key: str) -> bool:
    """Whether it is of the moment, of the page's second list too (whose keys have a prefix)."""
    return key.rpartition("-")[2] in PASSING


def readable(name: str) -> str:
    """The name on one line, without signs that nobody sees or that turn the reading direction."""
    shown = "".join(sign for sign in name if sign.isspace() or unicodedata.category(sign)[0] != "C")
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", shown)).strip()


@transaction.atomic
def save_view(
    programme: Programme, list_key: str, *, name: str, query: str, usual: bool, shared: bool, by: Person
) -> SavedView:
    """Keep a search, filters, an order and columns under a name.

    Raises `Refused` to whoever may not see the list, for a name in use, for nothing to keep, for too many.
    """
    programme = locked(programme.pk)
    view = SavedView(programme=programme, person=by, list_key=list_key, name=readable(name))
    view.query, view.shared = lasting(query), shared
    require(rules.save_view, view, by)
    view.save()
    open_first(view, usual, by)
    journal.record("programmes.view_saved", view, by=by)
    return view


@transaction.atomic
def arrange_view(view: SavedView, *, name: str, usual: bool, shared: bool, by: Person) -> SavedView:
    """Rename and share a view, which is not everybody's to do; and say whether the list opens with it for oneself."""
    view = locked_view(view)
    given = {"name": readable(name), "shared": shared}
    changed = [field for field, value in given.items() if getattr(view, field) != value]
    require(rules.see_view, view, by)
    if changed:
        require(rules.edit_view, view, by)
        view.name, view.shared = readable(name), shared
        if "name" in changed:
            require(rules.name_view, view)
        if "shared" in changed:
            require(rules.share_view, view, by) if shared else require(rules.unshare_view, view)
        view.save()
        journal.record("programmes.view_changed", view, by=by, fields=changed)
    if not shared:  # nobody opens a list with a view that they do not find
        UsualView.objects.filter(view=view).exclude(person=view.person_id).delete()
    open_first(view, usual, by)
    return view


@transaction.atomic
def update_view(view: SavedView, *, query: str, by: Person) -> SavedView:
    """Let a view ask for what the list shows now. Raises `Refused` like saving it; nothing new changes nothing."""
    view = locked_view(view)
    require(rules.edit_view, view, by)
    was, view.query = view.query, lasting(query)
    require(rules.hold_query, view)
    if view.query != was:
        view.save()
        journal.record("programmes.view_changed", view, by=by, fields=["query"])
    return view


@transaction.atomic
def delete_view(view: SavedView, *, by: Person) -> None:
    """Take a view away; the list opens as usual for those for whom it opened with it."""
    view = locked_view(view)
    require(rules.edit_view, view, by)
    journal.record("programmes.view_deleted", view, by=by)
    view.delete()


def forget_views(person: Person, programme: Programme | None = None) -> None:
    """A person who no longer works on a programme (or on any) takes their own views away; shared ones stay."""
    kept = SavedView.objects.filter(person=person)
    usual = UsualView.objects.filter(person=person)
    if programme is not None:
        kept, usual = kept.filter(programme=programme), usual.filter(programme=programme)
    usual.delete()
    kept.filter(shared=False).delete()
    kept.update(person=None)


def locked_view(view: SavedView) -> SavedView:
    """The view as it stands, under its programme's lock. Raises `Refused` where it was deleted meanwhile."""
    locked(view.programme_id)
    found = SavedView.objects.select_related("programme").filter(pk=view.pk).first()
    if found is None:
        raise Refused(_("Somebody has deleted this view meanwhile."))
    return found


def open_first(view: SavedView, usual: bool, person: Person) -> None:
    """One view opens first in each list; taking it back leaves the list as everybody finds it."""
    kept = UsualView.objects.filter(programme=view.programme, person=person, list_key=view.list_key)
    if not usual:
        kept.filter(view=view).delete()
    elif not kept.filter(view=view).exists():
        kept.delete()
        UsualView.objects.create(programme=view.programme, person=person, list_key=view.list_key, view=view)
