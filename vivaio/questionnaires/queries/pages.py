"""What a page of a form shows, and what its autosave answers."""

from collections.abc import Callable, Iterable
from typing import Any

from django.utils.translation import gettext as _

from vivaio.kit import clock, formats
from vivaio.questionnaires import rendering
from vivaio.questionnaires.changes import Change, Saved
from vivaio.questionnaires.engine import answers as stored
from vivaio.questionnaires.models import FormVersion, Response
from vivaio.questionnaires.queries.answers import language_now, merge_of, state_of
from vivaio.questionnaires.rendering import Frame, Urls


def frame(
    response: Response,
    number: int,
    urls: Urls,
    language: str | None = None,
    *,
    saved: Saved | None = None,
    strict: bool = False,
    **more: Any,
) -> Frame | None:
    """What `questionnaires/page.html` draws for a step; `None` for one that is not asked now.

    `saved` brings the conflicts and refused files of the save that did not go through clean; `strict` marks what is
    missing as wrong. `more`: `key` (of what is kept in the browser), `review_title`, `note`, `preview`.
    """
    state = state_of(response, language, strict=strict)
    told = saved or Saved()
    more.setdefault("key", str(response.pk))
    return rendering.frame(state, number, urls, conflicts=told.conflicts, file_errors=told.files, **more)


def preview(version: FormVersion, number: int, page_url: Callable[[int], str]) -> Frame | None:
    """A step as applicants will first see it: their defaults, nothing answered."""
    draft = Response(version=version)
    merge = merge_of(draft, None, None)
    merge.start({})
    draft.answers = merge.answers
    last = len(state_of(draft).pages)
    return frame(draft, min(number, last), Urls(page=page_url), preview=True)


def first_page(response: Response) -> int:
    """The step to begin with: the first with something missing, else the first."""
    pages = state_of(response).pages
    return next((page.number for page in pages if not page.complete), pages[0].number if pages else 1)


def saved_text(response: Response, zone: str) -> str:
    """What stands beside the form until autosave answers: when all was kept, on the clock of that zone."""
    if response.saved_at is None:
        return _("Nothing written yet")
    return _("All saved at %(hour)s") % {"hour": formats.hour(response.saved_at, zone)}


def autosave_reply(
    before: Response,
    saved: Saved,
    changes: Iterable[Change],
    number: int,
    urls: Urls,
    language: str | None = None,
    **more: Any,
) -> dict[str, Any]:
    """The JSON that answers an autosave: revisions, conflicts, and the pieces of the page that changed.

    `before` is the response as it was loaded before the save, `number` the step that is open.
    """
    drawn = frame(saved.response, number, urls, language, **more)
    conflicts = [
        {
            "path": each.path,
            "theirs": each.theirs,
            "by": each.by,
            "revision": each.revision,
            **_field(saved.response, each.path, language_now(language)),
        }
        for each in saved.conflicts
    ]
    reply: dict[str, Any] = {
        "saved_at_text": _("All saved at %(hour)s") % {"hour": formats.hour(clock.now())},
        "revisions": saved.revisions,
        "conflicts": conflicts,
        "html": {},
    }
    if drawn is not None:
        typed = [change.path for change in changes]
        reply["html"] = rendering.fragments(state_of(before, language), drawn.state, drawn, typed)
    return reply


def _field(response: Response, path: str, language: str) -> dict[str, Any]:
    """What stands in the field of an answer, so that a page can put it there; nothing where its row is gone."""
    way, name = stored.steps(path)
    row = stored.row_at(response.answers, way)
    question = response.questionnaire.by_name.get(name)
    if row is None or question is None:
        return {}
    value = row.get(name)
    return {"value": value if isinstance(value, list) else stored.typed(question, value, language)}
