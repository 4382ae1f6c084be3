"""The frame of the editor's pages: the rail of sections, the way back, the last change."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from vivaio.questionnaires.editor import queries, texts
from vivaio.questionnaires.engine.definition import Definition
from vivaio.questionnaires.models import DraftStep, FormDraft

DONE = {
    "added": gettext_lazy("“%(part)s” was added"),
    "changed": gettext_lazy("“%(part)s” was changed"),
    "moved": gettext_lazy("“%(part)s” was moved"),
    "doubled": gettext_lazy("“%(part)s” was copied"),
    "removed": gettext_lazy("“%(part)s” was removed"),
    "translated": gettext_lazy("Translations were written"),
    "settled": gettext_lazy("Title or languages were changed"),
    "listed": gettext_lazy("The list “%(part)s” was changed"),
}


@dataclass(frozen=True)
class Item:
    title: Any
    href: str
    note: str = ""
    current: bool = False

    @property
    def label(self) -> Any:
        """What a tab says."""
        return self.title


def address(draft: FormDraft, page: str, **more: Any) -> str:
    """The address of a page of the editor."""
    return reverse(f"questionnaires:draft_{page}", kwargs={"pk": draft.form_id, **more})


def frame(draft: FormDraft, section: str, **more: Any) -> dict[str, Any]:
    """What every page of the editor shows; `section` is the one that is open."""
    definition = draft.questionnaire
    faults = queries.faults(definition)
    pages = [
        (_("Questions"), "questions", faulty(len(faults))),
        (_("Translations"), "texts", untold(definition)),
        (_("Lists of choices"), "lists", ""),
        (_("Title and languages"), "settings", ""),
        (_("As applicants see it"), "preview", ""),
        (_("What is new"), "news", ""),
    ]
    items = [
        Item(
            title, address(draft, page, **({"number": 1} if page == "preview" else {})), note, page == section
        )
        for title, page, note in pages
    ]
    here = next(item for item in items if item.current)
    title = more.get("title")
    current = draft.form.current
    return {
        "draft": draft,
        "form_row": draft.form,
        "definition": definition,
        "faults": faults,
        "items": items,
        "number": number_of(draft),
        "overtaken": current if current and current != draft.basis else None,
        "heading": here.title,
        "trail": [
            (_("Forms"), reverse("questionnaires:forms")),
            (str(draft.form), reverse("questionnaires:form", args=[draft.form_id])),
            (here.title, here.href if title else ""),
            *([(title, "")] if title else []),
        ],
        **more,
    }


def number_of(draft: FormDraft) -> int:
    """The number of the version that the draft will be."""
    current = draft.form.current
    return current.number + 1 if current else 1


def faulty(count: int) -> str:
    return (
        ngettext("%(n)s thing to put right", "%(n)s things to put right", count) % {"n": count}
        if count
        else ""
    )


def untold(definition: Definition) -> str:
    """How many words are still missing, in all the languages."""
    if len(definition.languages) < 2:
        return ""
    count = sum(texts.counted(definition).values())
    return ngettext("%(n)s text missing", "%(n)s texts missing", count) % {"n": count} if count else ""


def told(definition: Definition, step: DraftStep | None, language: str) -> str:
    """The last change, in words."""
    if step is None:
        return ""
    name = step.part.partition(":")[2]
    before = Definition.from_dict({"questions": [], **step.before})
    question = definition.by_name.get(name) or before.by_name.get(name)
    part = Truncator(queries.named(definition, question, language)).chars(60) if question else name
    return str(DONE.get(step.what, DONE["changed"])) % {"part": part}
