"""Where an application says what was searched for: the question, and the words around those found, marked."""

import re
from collections.abc import Sequence
from typing import Any

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from vivaio.applications.finding import queries
from vivaio.applications.finding.queries import CLOSE, OPEN
from vivaio.applications.models.extract import APPLICANT
from vivaio.questionnaires import queries as questionnaires
from vivaio.questionnaires.engine.definition import Definition
from vivaio.questionnaires.engine.extracts import BETWEEN_LABELS

MOST = 2  # passages of one application
LONGEST_LABEL = 60


class Passages:
    """The passages of the rows of one page, read in one query."""

    def __init__(self, words: str, form: Definition | None):
        self.words, self.form = words.split(), form

    def attach(self, rows: Sequence[Any]) -> None:
        """Give each row its `passage`: nothing where the title, the number or the name alone has the words."""
        found = queries.passages([row.pk for row in rows], self.words)
        for row in rows:
            row.passage = self._of(found.get(row.pk, {}))

    def _of(self, texts: dict[str, str]) -> SafeString:
        order = {name: at for at, name in enumerate(self.form.by_name)} if self.form else {}
        names = sorted(texts.keys() - {APPLICANT}, key=lambda name: order.get(name, len(order)))[:MOST]
        lines = [format_html("{}: {}", self._label(name), marked(texts[name])) for name in names]
        return mark_safe("<br>".join(lines))  # each line was escaped

    def _label(self, name: str) -> str:
        question = self.form.by_name.get(name) if self.form else None
        label = questionnaires.heading(self.form, question) if self.form and question else name
        return label if len(label) <= LONGEST_LABEL else f"{label[: LONGEST_LABEL - 1]}…"


def marked(text: str) -> SafeString:
    """Safe HTML with the words found in `<mark>`; of a choice in several languages, the words that were found."""
    if BETWEEN_LABELS in text:
        text = ", ".join(part for part in text.split(BETWEEN_LABELS) if OPEN in part)
    text = re.sub(r"\s+", " ", text).strip()
    return mark_safe(escape(text).replace(OPEN, "<mark>").replace(CLOSE, "</mark>"))  # escaped just here
