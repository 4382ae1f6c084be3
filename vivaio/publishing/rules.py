"""Who may publish what, and why not."""

from typing import Any

from django.utils.translation import gettext as _

from vivaio.kit import clock
from vivaio.kit.texts import text_in
from vivaio.people.models import Person
from vivaio.programmes import rules as programmes
from vivaio.programmes.models import Programme
from vivaio.publishing.models import News, Video
from vivaio.publishing.states import ItemState, NewsState


def edit(programme: Programme, person: Person | None) -> str | None:
    """Who looks after the programme's public pages."""
    return programmes.may(person, "site.edit", programme)


def publish(item: Any, person: Person | None) -> str | None:
    """It goes on line whole: news with words, a video with captions."""
    refused = edit(item.programme, person)
    if refused:
        return refused
    if item.state == ItemState.PUBLISHED:
        return _("This is on line already.")
    return complete(item)


def complete(item: Any) -> str | None:
    """What is still missing before anyone may see it."""
    first = (item.programme.languages or ["it"])[0]
    if isinstance(item, News) and not (text_in(item, "summary", first) and text_in(item, "body", first)):
        return _("Write the summary and the text first: a piece of news is read, not only announced.")
    if isinstance(item, Video) and not item.captions.exists():
        return _(
            "Add captions first: whoever does not hear, or is where sound cannot be on, reads them."
            " They are a WebVTT file, which any captioning program writes."
        )
    return None


def schedule(news: News, publish_at: Any, person: Person | None) -> str | None:
    """Only what is in preparation waits for an instant, and that instant is ahead."""
    refused = edit(news.programme, person)
    if refused:
        return refused
    if news.state != NewsState.DRAFT:
        return _("Only news in preparation can be scheduled.")
    if publish_at is not None and publish_at <= clock.now():
        return _("That instant has passed: choose one that is ahead, or publish now.")
    return complete(news)


def unschedule(news: News, person: Person | None) -> str | None:
    """What waits for its instant goes back to its preparation."""
    refused = edit(news.programme, person)
    if refused:
        return refused
    if news.state != NewsState.SCHEDULED:
        return _("This news item is not scheduled.")
    return None


def withdraw(item: Any, person: Person | None) -> str | None:
    """What is on line is taken off line."""
    refused = edit(item.programme, person)
    if refused:
        return refused
    if item.state != ItemState.PUBLISHED:
        return _("This is not on line.")
    return None


def unpublish(item: Any, state: str, publish_at: Any, person: Person | None) -> str | None:
    """What is on line stands again as it stood; what would be on line by now in any case stays."""
    refused = withdraw(item, person)
    if not refused and state == NewsState.SCHEDULED and publish_at <= clock.now():
        return _("It was to go on line by itself, and its instant has come meanwhile: it stays on line.")
    return refused


def remove(item: Any, person: Person | None) -> str | None:
    """Only what is off line is deleted."""
    refused = edit(item.programme, person)
    if refused:
        return refused
    if item.state == ItemState.PUBLISHED:
        return _("Take it off line first: what people may be reading is not deleted at once.")
    return None


def change(item: Any, person: Person | None) -> str | None:
    """Words can be mended while it is on line; the register tells who did it."""
    return edit(item.programme, person)
