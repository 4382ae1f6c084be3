"""Rules answer with a reason: `None` means yes, words mean why not.

A rule is a plain function `rule(subject, person) -> str | None`. Screens call it to explain a disabled
button; actions call `require` so that the answer is the same however the request arrives.
"""

from collections.abc import Callable
from typing import Any


class Refused(Exception):
    """An action was not carried out. `reason` is said to the person, so it names the way out."""

    def __init__(self, reason: Any):
        super().__init__(str(reason))
        self.reason = reason


def require(rule: Callable[..., Any], *args: Any, **kwargs: Any) -> None:
    """Raise `Refused` with the rule's own words unless the rule says yes."""
    reason = rule(*args, **kwargs)
    if reason is not None:
        raise Refused(reason)
