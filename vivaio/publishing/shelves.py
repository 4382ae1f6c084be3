"""The four shelves of the public site's staff pages: what each holds, and how it speaks."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from vivaio.kit.frame import Item
from vivaio.programmes.models import Programme
from vivaio.publishing import actions, forms, rules, tables
from vivaio.publishing.models import Document, News, Photo, Video
from vivaio.publishing.states import ItemState, NewsState


@dataclass(frozen=True)
class Shelf:
    """One kind of thing that a programme publishes; `page` is where anyone finds it."""

    key: str
    page: str
    model: Any
    form: Any
    table: Any
    title: Any
    new: Any
    add: Any
    none: Any
    teach: Any


SHELVES = {
    shelf.key: shelf
    for shelf in (
        Shelf(
            "news", "news_list", News, forms.NewsForm, tables.NewsTable, _("News"), _("Write a news item"),
            _("Keep the news item"), _("No news yet"),
            _(
                "A news item is prepared here, seen by the staff alone, and goes on line now or at an instant you"
                " choose."
            ),
        ),
        Shelf(
            "documents", "library", Document, forms.DocumentForm, tables.DocumentTable, _("Documents"),
            _("Add a document"), _("Keep the document"), _("No documents yet"),
            _("What people look for: rules, forms, minutes, reports, brochures. PDF and office files up to the limit."),
        ),
        Shelf(
            "photos", "gallery", Photo, forms.PhotoForm, tables.PhotoTable, _("Photos"), _("Add a photo"),
            _("Keep the photo"), _("No photos yet"),
            _(
                "Each photo says in words what it shows; it is made smaller for the page and loses what the camera"
                " wrote."
            ),
        ),
        Shelf(
            "videos", "gallery", Video, forms.VideoForm, tables.VideoTable, _("Videos"), _("Add a video"),
            _("Keep the video"), _("No videos yet"),
            _("Videos are served from here and go on line with captions."),
        ),
    )
}  # fmt: skip


@dataclass(frozen=True)
class Act:
    """A step that asks before it is taken."""

    title: Any
    text: Any
    button: Any
    done: Any
    rule: Any
    run: Any
    shown: Any
    danger: bool = False
    form: Any = None


def _is(*states: str) -> Any:
    return lambda item: item.state in states


ACTS = {
    "publish": Act(
        _("Put it on line now?"),
        _("Anyone can see it from now on, if the programme is public. You can take it off line again."),
        _("Put on line"), _("It is on line."), rules.publish, actions.publish,
        _is(ItemState.DRAFT, ItemState.WITHDRAWN, NewsState.SCHEDULED),
    ),
    "schedule": Act(
        _("When does it go on line?"),
        _("Until that instant the staff alone sees it; then it goes on line by itself."),
        _("Schedule it"), _("It is scheduled."), lambda item, person: rules.schedule(item, None, person),
        actions.schedule, lambda item: isinstance(item, News) and item.state == NewsState.DRAFT,
        form=forms.ScheduleForm,
    ),
    "unschedule": Act(
        _("Take it off the schedule?"), _("It goes back to its preparation, and stays as it is."),
        _("Take off the schedule"), _("It is in preparation again."), rules.unschedule, actions.unschedule,
        _is(NewsState.SCHEDULED),
    ),
    "withdraw": Act(
        _("Take it off line?"),
        _("Its page, its file and its place in lists and feeds go at once. Nothing is deleted."),
        _("Take off line"), _("It is off line."), rules.withdraw, actions.withdraw,
        _is(ItemState.PUBLISHED), danger=True,
    ),
    "remove": Act(
        _("Delete it?"), _("It goes for good, with its files. The register keeps that it was there."),
        _("Delete"), _("It is deleted."), rules.remove, actions.remove,
        _is(ItemState.DRAFT, ItemState.WITHDRAWN), danger=True,
    ),
}  # fmt: skip


def address(programme: Programme, shelf: Shelf, name: str = "shelf", *more: Any) -> str:
    return reverse(f"publishing:{name}", args=[programme.slug, shelf.key, *more])


def tabs(programme: Programme, current: Shelf | Item) -> list[Item]:
    """The shelves, and the results beside them; `current` is the one that the page shows."""
    found = [Item(one.title, address(programme, one), one is current) for one in SHELVES.values()]
    results = Item(_("Results"), reverse("publishing:results_manage", args=[programme.slug]), False)
    return [*found, current if isinstance(current, Item) else results]


def frame(programme: Programme, shelf: Shelf, **more: Any) -> dict[str, Any]:
    """What every staff page of the public site shows: its shelves as tabs."""
    return {
        "programme": programme,
        "shelf": shelf,
        "tabs": tabs(programme, shelf),
        "shelf_href": address(programme, shelf),
        "page_href": reverse(f"publishing:{shelf.page}", args=[programme.slug]),
        **more,
    }
