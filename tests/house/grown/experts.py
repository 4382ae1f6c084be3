"""The small world's part about the competence bank: experts, requests, matching."""

from typing import Any

from tests.factories.experts import (
    BankFactory,
    CompetenceFactory,
    ExpertFieldFactory,
    ExpertInvitationFactory,
    ProposalFactory,
    asked_by,
    expert_in,
    wish,
    written,
)
from vivaio.experts.models import MatchingRound
from vivaio.experts.states import ProfileState, ProposalState, RequestState
from vivaio.kit import tokens


def build(world: Any) -> None:
    """Rows of `world.rows` each, hung on the world by names that begin like this module's subject."""
    bank(world)
    matching(world)


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


def matching(world: Any) -> None:
    """Requests of the applicant's initiative, a round that is looked at, and what was sent to the expert."""
    known = world.experts_competences[:2]
    found = MatchingRound.objects.create(programme=world.programme, made_by=world.people["manager"])
    for _number in range(world.rows):
        world.experts_request = asked_by(world.initiative, *known)
        asked_by(world.initiative, *known, state=RequestState.DRAFT)
        ProposalFactory(
            request=world.experts_request, profile=world.experts_other, state=ProposalState.DECLINED
        )
        world.experts_ready = ProposalFactory(
            request=world.experts_request, profile=expert_in(world.programme, *known), round=found,
            state=ProposalState.READY, sent_at=None,
        )  # fmt: skip
        ProposalFactory(
            request=world.experts_request, profile=expert_in(world.programme, *known), sent_at=None,
            state=ProposalState.READY,
        )  # fmt: skip
        sent = asked_by(world.initiative, *known)
        world.experts_proposal = ProposalFactory(request=sent, profile=world.experts_profile)
    world.experts_round = found
    world.experts_asked = asked_by(world.initiative, *known, state=RequestState.ASKED)


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
    for name in ("requests", "matching", "send_round"):
        given[f"experts:{name}"] = of
    given["experts:tab"] = given["experts:ask"] = {"pk": world.initiative.pk}
    given["experts:request"] = {"pk": world.experts_request.pk}
    given["experts:edit_request"] = {"pk": world.experts_request.pk}
    given["experts:act_on_request"] = {"pk": world.experts_asked.pk, "act": "withdraw"}
    given["experts:propose"] = {"pk": world.experts_request.pk, "profile": world.experts_profile.pk}
    given["experts:adjust"] = {"pk": world.experts_ready.pk, "act": "lock"}
    given["experts:proposal"] = {"pk": world.experts_proposal.pk}
    given["experts:answer"] = {"pk": world.experts_proposal.pk, "answer": "accept"}
    return given


def sent(world: Any) -> dict[str, dict[str, Any]]:
    """What a person who may would send; nothing where a press on a button is all."""
    return {
        "experts:join": written(world.experts_competences[0]),
        "experts:edit": written(world.experts_competences[0], headline="Altro"),
        "experts:invite": {"email": "nuova@example.org", "language": "it", "message": ""},
        "experts:act": {"words": "Bene."},
        "experts:ask": wish(world.experts_competences[0]),
        "experts:edit_request": wish(world.experts_competences[0], title="Precisata"),
        "experts:matching": {"objective": "fair", "seen": str(world.experts_round.pk)},
        "experts:send_round": {"seen": str(world.experts_round.pk)},
        "experts:answer": {"words": "Volentieri."},
    }
