"""An informal group becomes a legal entity: named and proved by the team, checked by the programme."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from vivaio.initiatives import events, letters_answers
from vivaio.initiatives.models import Initiative, LegalProof
from vivaio.initiatives.queries import constituting as queries
from vivaio.initiatives.queries import initiatives
from vivaio.initiatives.rules import constituting as rules
from vivaio.initiatives.states import PROOF_MOVES, ProofState
from vivaio.journal import actions as journal
from vivaio.kit import clock
from vivaio.kit.files import Checked
from vivaio.kit.rules import require
from vivaio.kit.states import move
from vivaio.people import actions as people
from vivaio.people.models import Organisation, Person
from vivaio.programmes import actions as programmes


@transaction.atomic
def send(
    initiative: Initiative,
    *,
    organisation: Organisation | Mapping[str, Any],
    file: Checked,
    note: str = "",
    by: Person,
) -> LegalProof:
    """Name the legal entity, one's own or one registered now, and send what proves it; the programme is told."""
    initiative = initiatives.locked(initiative.pk)
    require(rules.send, initiative, by)
    if not isinstance(organisation, Organisation):
        organisation = people.create_organisation(organisation, by=by)
    require(rules.speak_for, organisation, by)
    proof = LegalProof.objects.create(
        initiative=initiative, organisation=organisation, note=note, sent_by=by, **file.fields()
    )
    journal.record("initiatives.proof_sent", initiative, by=by, programme=initiative.programme_id)
    letters_answers.proof_received.enqueue(proof)
    return proof


@transaction.atomic
def accept(proof: LegalProof, *, by: Person) -> LegalProof:
    """The proof holds: the initiative is that organisation's from now on."""
    proof = _answered(proof, ProofState.ACCEPTED, "", by)
    initiative = initiatives.locked(proof.initiative_id)
    initiative.organisation = proof.organisation
    initiative.save()
    programmes.public_changed(initiative.programme_id)
    journal.record(
        "initiatives.proof_accepted",
        initiative,
        by=by,
        programme=initiative.programme_id,
        fields=["organisation"],
    )
    events.constituted.send(Initiative, initiative=initiative)
    letters_answers.proof_accepted.enqueue(proof)
    return proof


@transaction.atomic
def send_back(proof: LegalProof, *, reason: str, by: Person) -> LegalProof:
    """The proof does not hold yet: the team reads why and sends another."""
    require(rules.with_reason, reason)
    proof = _answered(proof, ProofState.SENT_BACK, reason, by)
    journal.record("initiatives.proof_sent_back", proof.initiative, by=by, programme=proof.programme_id)
    letters_answers.proof_sent_back.enqueue(proof)
    return proof


def _answered(proof: LegalProof, to: ProofState, reason: str, by: Person) -> LegalProof:
    initiatives.locked(proof.initiative_id)
    proof = queries.locked(proof.pk)
    require(rules.answer, proof, by)
    move(proof, to, PROOF_MOVES)
    proof.answered_by, proof.answered_at, proof.reason = by, clock.now(), reason.strip()
    proof.save()
    return proof
