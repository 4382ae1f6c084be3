"""What a page sends, read into changes: a form posted without script, or the JSON of an autosave."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from typing import Any

from vivaio.questionnaires.changes import Change, Posted
from vivaio.questionnaires.engine.answers import leaf
from vivaio.questionnaires.engine.definition import Definition
from vivaio.questionnaires.engine.state import PageState, QuestionState

BASE = "_base"
WISH = "_wish"
ADD, REMOVE, DETACH = "_add_row", "_remove_row", "_detach"
MOST_CHANGES = 500
WISHES = ("save", "next", "back", "leave", "stay")


class Malformed(ValueError):
    """The JSON of an autosave that is not what our own script sends."""


def fingerprint(value: Any) -> str:
    """Tells an untouched field from one that was typed in; never leaves the page."""
    parts = value if isinstance(value, (list, tuple)) else [value]
    written = "\x1f".join(str(part).replace("\r\n", "\n").strip() for part in parts if part not in (None, ""))
    return hashlib.sha256(written.encode("utf-8", "replace")).hexdigest()[:12]


def controls(page: PageState) -> Iterator[QuestionState]:
    """Everything on the page that can be typed in."""
    for question in page.everything():
        if _open(question):
            yield question


def _open(question: QuestionState) -> bool:
    typed = question.answerable and not question.takes_files and question.kind != "repeat"
    return typed and question.relevant and not question.read_only


def drawn(question: QuestionState) -> Any:
    """What stands in the control as it was drawn."""
    if question.kind == "rank":
        return [f"{choice.place} {choice.name}" if choice.place else "" for choice in question.ranked]
    if question.choices or question.kind in ("select_one", "select_multiple"):
        return [choice.name for choice in question.choices if choice.chosen]
    return question.typed


def base(page: PageState) -> str:
    """A hidden field: the revision and the fingerprint of every control, so that only what was typed counts."""
    found = {each.path: [each.revision, fingerprint(drawn(each))] for each in controls(page)}
    return json.dumps(found, separators=(",", ":"))


def read_post(definition: Definition, page: PageState, post: Any, files: Any = None) -> Posted:
    """A page posted without script: `page` as it stands now, `post` and `files` as Django's MultiValueDicts."""
    before = _before(post.get(BASE, ""))
    changes = list(_changes(definition, page, before, post))
    uploads, removals = [], []
    for question in page.everything():
        if question.takes_files and question.relevant and not question.read_only:
            uploads += [(question.path, upload) for upload in (files.getlist(question.path) if files else ())]
    anchor = ""
    for path in post.getlist(ADD)[:1]:
        changes.append(Change(path, op="add_row"))
        anchor = path
    for path in post.getlist(REMOVE)[:1]:
        changes.append(Change(path, op="remove_row"))
        anchor = path.rpartition("/")[0]
    for written in post.getlist(DETACH)[:1]:
        path, _slash, file_id = written.rpartition("/")
        removals.append((path, file_id))
        anchor = path
    wish = post.get(WISH, "save")
    stays = bool(anchor)
    return Posted(changes, uploads, removals, "stay" if stays else wish if wish in WISHES else "save", anchor)


def _before(written: str) -> dict[str, list[Any]]:
    try:
        found = json.loads(written or "{}")
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _changes(
    definition: Definition, page: PageState, before: Mapping[str, Any], post: Any
) -> Iterator[Change]:
    """Every field that differs from what the page was drawn with, also one that is not asked any more."""
    known = [question.path for question in controls(page)]
    for path in list(dict.fromkeys([*known, *before]))[: MOST_CHANGES * 4]:
        question = definition.by_name.get(leaf(path))
        if question is None:
            continue
        # A box that is not ticked sends nothing: it counts only if the page had it.
        if path not in post and not (path in before and (question.choices or question.kind == "acknowledge")):
            continue
        several = question.kind in ("select_multiple", "rank")
        value: Any = post.getlist(path) if several else post.get(path, "")
        told = before.get(path)
        revision, print_before = told if _is_pair(told) else (None, None)
        if print_before != fingerprint(value):
            yield Change(path, value, revision)


def _is_pair(told: Any) -> bool:
    return isinstance(told, list) and len(told) == 2 and isinstance(told[0], int) and isinstance(told[1], str)


def read_json(body: bytes) -> list[Change]:
    """The changes of an autosave. Raises `Malformed`."""
    try:
        data = json.loads(body)
    except (ValueError, RecursionError):
        raise Malformed("not JSON") from None
    changes = data.get("changes") if isinstance(data, dict) else None
    if not isinstance(changes, list) or len(changes) > MOST_CHANGES:
        raise Malformed("changes is a list of at most 500")
    return [_change(each) for each in changes]


def _change(data: Any) -> Change:
    if not isinstance(data, dict) or not isinstance(data.get("path"), str) or len(data["path"]) > 200:
        raise Malformed("a change has a path")
    revision = data.get("revision")
    if revision is not None and (not isinstance(revision, int) or isinstance(revision, bool)):
        raise Malformed("a revision is a whole number")
    op = data.get("op", "set")
    if op not in ("set", "add_row", "remove_row"):
        raise Malformed("unknown op")
    return Change(data["path"], data.get("value"), revision, op)
