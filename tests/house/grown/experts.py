"""The small world's part about the competence bank: experts, requests, matching, engagements."""

from typing import Any

from tests.factories.experts import (
    BankFactory,
    CompetenceFactory,
    ExpertFieldFactory,
    ExpertInvitationFactory,
    expert_in,
    written,
)
from vivaio.experts.states import ProfileState
from vivaio.kit import tokens


def build(world: Any) -> None:
    """Rows of `world.rows` each, hung on the world by names that begin like this module's subject."""
    bank(world)


def bank(world: Any) -> None:
    """Fields, competences, checked experts; the expert's own profile; one that waits to be checked; invitations."""
    BankFactory(programme=world.programme)
    fields = [ExpertFieldFactory(programme=world.programme) for _number in range(world.rows)]
    world.experts_competences = [CompetenceFactory(field=field) for field in fields]
    world.experts_profile = expert_in(
        world.programme, *world.experts_competences[:3], person=world.people["expert"], sectors=["culture"]
    )
    for number in range(world.rows):
        world.experts_other = expert_in(world.programme, *world.experts_competences[:3])
        world.experts_applied = expert_in(
            world.programme, world.experts_competences[0], state=ProfileState.APPLIED
        )
        ExpertInvitationFactory(
            programme=world.programme, token_digest=tokens.digest(f"experts-{world.programme.pk}-{number}")
        )


def places(world: Any) -> dict[str, dict[str, Any]]:
    """The arguments of each address that takes some."""
    of = {"programme": world.programme.slug}
    given: dict[str, dict[str, Any]] = {
        f"experts:{name}": of for name in ("bank", "listed", "lay_out", "join", "invite")
    }
    given["experts:invitation"] = {"token": f"experts-{world.programme.pk}-0"}
    given["experts:profile"] = {"pk": world.experts_profile.pk}
    given["experts:edit"] = {"pk": world.experts_profile.pk}
    given["experts:act"] = {"pk": world.experts_applied.pk, "act": "check"}
    return given


def sent(world: Any) -> dict[str, dict[str, Any]]:
    """What a person who may would send; nothing where a press on a button is all."""
    return {
        "experts:join": written(world.experts_competences[0]),
        "experts:edit": written(world.experts_competences[0], headline="Altro"),
        "experts:invite": {"email": "nuova@example.org", "language": "it", "message": ""},
        "experts:act": {"words": "Bene."},
    }
