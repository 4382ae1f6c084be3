"""The small world's part about the results of the programme."""

from typing import Any

from tests.factories.initiatives import InitiativeFactory, StoryFactory, published
from vivaio.publishing.results import actions


def build(world: Any) -> None:
    """Results on line, with stories; it builds last, so that there is something to count."""
    for _number in range(world.rows):
        published(StoryFactory(initiative=InitiativeFactory(programme=world.programme)))
    actions.take(world.programme, by=None)
    world.results = actions.publish(world.programme, by=None)
    world.programme.refresh_from_db()


def places(world: Any) -> dict[str, dict[str, Any]]:
    """The arguments of each address that takes some."""
    here = {"programme": world.programme.slug}
    return {
        **{
            f"publishing:results{name}": here for name in ("", "_report", "_csv", "_json", "_manage", "_take")
        },
        "blueprints:kit": {"slug": world.programme.slug},
        "blueprints:kit_file": {"slug": world.programme.slug},
        "publishing:results_part": here | {"part": "who"},
        "publishing:results_act": here | {"act": "withdraw"},
    }


def sent(world: Any) -> dict[str, dict[str, Any]]:
    """What a person who may would send; nothing where a press on a button is all."""
    return {"publishing:results_manage": {"introduction_it": "Un anno dopo.", "parts": ["who"]}}
