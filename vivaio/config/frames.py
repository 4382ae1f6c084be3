"""Room for the frames of a request.

CPython (3.11 and later) keeps the frames of Python's own calls in pieces of 16 kB. The call that finds a piece full
asks the system for another, and gives it back as soon as it returns: a loop that happens to stand at such a border asks
at each of its calls. Pages of lists, which are drawn deep inside templates, asked two thousand times and spent half of
their processor time in it (docs/performance.md). A frame that wants more than a piece gets one of its own, of the next
power of two, and what it calls stands in what is left of that one.
"""

from collections.abc import Callable
from typing import Any

# Words of eight bytes: 160 kB, so that 256 are taken and some hundred are left for what is called.
WANTED = 20_000


def with_room(call: Callable[..., Any]) -> Callable[..., Any]:
    """The same call, out of a frame with so much room that those above it meet no border."""

    def roomy(*given: Any) -> Any:
        return call(*given)

    roomy.__code__ = roomy.__code__.replace(co_stacksize=WANTED)
    return roomy
