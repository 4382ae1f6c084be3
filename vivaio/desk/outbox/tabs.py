"""The states of letters as tabs, with their counts."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import pgettext_lazy

from vivaio.mailroom.states import State

# The other states have a tab when some letter stands there.
ALWAYS = (State.HELD, State.QUEUED, State.SENT)


@dataclass(frozen=True)
class Tab:
    """One tab: where it leads and how many letters stand there."""

    label: Any
    href: str
    note: str
    current: bool


def tabs(counts: Mapping[str, int], chosen: str, href: str) -> list[Tab]:
    """All letters, then state by state."""
    shown = [state for state in State if state in ALWAYS or counts.get(state) or state == chosen]
    every = Tab(pgettext_lazy("letters", "All"), href, str(sum(counts.values())), chosen not in State.values)
    return [
        every,
        *(
            Tab(state.label, f"{href}?state={state.value}", str(counts.get(state, 0)), state == chosen)
            for state in shown
        ),
    ]
