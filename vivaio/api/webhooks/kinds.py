"""What a webhook may be told, by the verbs of the journal. What concerns one person's account is never told."""

from collections.abc import Collection
from typing import Any

from django.utils.translation import gettext_lazy as _

# code: (words, beginnings of verbs)
KINDS: dict[str, tuple[Any, tuple[str, ...]]] = {
    "programme": (
        _("The programme and its site: published, changed, news"),
        ("programmes.published", "programmes.closed", "programmes.described", "programmes.phases_set", "publishing."),
    ),
    "initiatives": (
        _("Initiatives: born, plans, diaries, contacts, needs, contests, public pages"),
        ("initiatives.",),
    ),
    "experts": (_("Experts and what initiatives ask them for"), ("experts.",)),
    "money": (_("Money: received, awarded, claimed, approved, paid, reversed"), ("funding.",)),
    "calls": (_("Calls: published, amended, concluded, withdrawn"), ("calls.",)),
    "applications": (
        _("Applications: begun, handed in, withdrawn, eligible or not, integrations"),
        ("application.",),
    ),
    "jury": (
        _("Juries: jurors, assignments, score sheets completed, scoring opened and closed, pitch days"),
        ("jury.begun", "juror.", "assignment.", "scores.", "scoring.", "pitch."),
    ),
    "rankings": (
        _("Rankings: computed, adopted, published, places accepted or given up"),
        ("jury.ranking_", "jury.verdict_", "jury.place_", "jury.reserve_", "jury.outcome_", "jury.tie_"),
    ),
}  # fmt: skip


def concerns(verb: str, kinds: Collection[str]) -> bool:
    """Whether what happened is one of these kinds."""
    return any(verb.startswith(KINDS[kind][1]) for kind in kinds if kind in KINDS)
