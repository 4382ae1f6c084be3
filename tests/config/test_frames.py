"""A request's frames meet no border between two pieces of stack."""

import resource
import sys
import threading

import pytest

from vivaio.config.frames import with_room

CALLS, DEPTHS = 200, 150


def nothing(*given: object) -> None:
    return None


def asked_of_the_system(depth: int) -> int:
    """How many pages of memory were asked for by so many calls, made so deep."""
    if depth:
        return asked_of_the_system(depth - 1)
    before = resource.getrusage(resource.RUSAGE_THREAD).ru_minflt
    for _ in range(CALLS):
        nothing(1, 2, 3)
    return resource.getrusage(resource.RUSAGE_THREAD).ru_minflt - before


@pytest.mark.skipif(sys.platform != "linux", reason="counts what one thread asks for")
def test_no_depth_asks_for_memory_at_each_call():
    found = []

    def visit() -> None:
        found.append(max(with_room(asked_of_the_system)(depth) for depth in range(DEPTHS)))

    thread = threading.Thread(target=visit)
    thread.start()
    thread.join()
    assert found[0] < CALLS / 2


def test_the_call_is_the_same():
    assert with_room(divmod)(7, 2) == (3, 1)
    with pytest.raises(ZeroDivisionError):
        with_room(divmod)(7, 0)
