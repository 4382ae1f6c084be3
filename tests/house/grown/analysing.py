"""The small world's part about the needs analysis of initiatives."""

from typing import Any


def build(world: Any) -> None:
    """Rows of `world.rows` each, hung on the world by names that begin like this module's subject."""


def places(world: Any) -> dict[str, dict[str, Any]]:
    """The arguments of each address that takes some."""
    return {}


def sent(world: Any) -> dict[str, dict[str, Any]]:
    """What a person who may would send; nothing where a press on a button is all."""
    return {}
