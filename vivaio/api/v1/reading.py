"""Rows put into what is answered."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from vivaio.api.v1.schemas_public import page
from vivaio.applications import queries, rules
from vivaio.applications.deminimis import queries as deminimis
from vivaio.applications.deminimis import rules as aid_rules
from vivaio.applications.guarding import rules as guarding
from vivaio.applications.models import AidDeclaration, Application
from vivaio.applications.notice import version_of
from vivaio.applications.signing import queries as signing
from vivaio.applications.signing import rules as signing_rules
from vivaio.applications.states import ApplicationState
from vivaio.jury.blinding import queries as blinding
from vivaio.jury.commenting import queries as commenting
from vivaio.jury.commenting import rules as comment_rules
from vivaio.jury.models import Assignment
from vivaio.jury.queries import scoring
from vivaio.jury.rules import scoring as scoring_rules
from vivaio.people.models import Person
from vivaio.programmes import queries as programmes
from vivaio.questionnaires import queries as questionnaires


def parts_of(application: Application) -> list[Any]:
    """The state of an application as its team may know it: what its mark is made of."""
    response = application.response
    told = (application.told_state, application.title, application.submitted_at, application.withdrawn_at)
    aid = AidDeclaration.objects.filter(application=application).values_list("updated_at", flat=True).first()
    return [application.pk, *told, application.digest, response.updated_at, aid]


def words(reason: Any) -> str | None:
    """The words of a rule."""
    return None if reason is None else str(reason)


def application_whole(application: Application, person: Person) -> Application:
    """The application with what its page tells, ready for `ApplicationWhole`."""
    found: Any = queries.with_history(application)
    excluded = found.told_state == ApplicationState.EXCLUDED
    found.reason = found.decision_reason if excluded else ""
    found.outcome_page = page("jury:outcome", found.pk) if found.outcome_published_at else None
    found.comments = commenting.released(found) if found.outcome_published_at else []
    found.requests = list(found.integration_requests.all())
    found.de_minimis = declared(found)
    needs = signing.needs(found)
    found.signed = signatures(needs)
    found.next = {
        "submit_refused": words(
            rules.submit(found, person)
            or guarding.hand_in(found, person)
            or aid_rules.hand_in(found)
            or _unsigned(needs, found)
        ),
        "withdraw_refused": words(rules.withdraw(found, person)),
        "reopen_refused": words(rules.reopen(found, person)),
        "notice": version_of(found.call),
        "notice_page": page("programmes:privacy", found.call.programme.slug),
        "consents": [
            {"id": purpose.pk, "title": str(purpose)}
            for purpose in programmes.asked_in_applications(found.call.programme_id, person)
        ],
    }
    return found


def declared(application: Application, *, signed: bool = False) -> dict[str, Any] | None:
    """The declaration on de minimis aid, if there is one."""
    found = deminimis.exported([application]).get(application.pk)
    return found if found is not None and (found["signed_at"] or not signed) else None


def _unsigned(needs: list[Any], found: Application) -> Any:
    return signing_rules.why_not(needs, found) if found.state == ApplicationState.DRAFT else None


def _signature_state(signature: Any, staff: bool) -> str:
    return str(signature.state if staff else signing.told_state(signature))


def signatures(needs: Iterable[Any], *, staff: bool = False) -> list[dict[str, Any]]:
    """Every document to sign with how it stands; what the staff found, for the staff alone."""
    return [
        {
            "question": need.question,
            "label": need.wanted.label,
            "signature": need.kind,
            "name": document.name,
            "sha256": document.sha256,
            "standing": document.standing,
            "state": _signature_state(document.signature, staff) if document.signature else "",
            "signer": document.signature.signer if document.signature else "",
            "signed_at": document.signature.created_at if document.signature else None,
        }
        for need in needs
        for document in need.documents
    ]


def missing(application: Application) -> list[dict[str, str]]:
    """What stands against handing in; nothing once it was handed in."""
    if application.state != ApplicationState.DRAFT:
        return []
    found = questionnaires.problems(application.response)
    return [{"path": one.path, "label": one.label, "message": one.message} for one in found]


def blocks(found: Iterable[Any]) -> list[dict[str, Any]]:
    """Answers to be read, as plain data."""
    return [block.as_dict() for block in found]


def here(name: str, *args: Any) -> str:
    """The path of an answer of this interface."""
    return reverse(f"v1:{name}", args=args)


def with_entries(ranking: Any, lines: list[Any]) -> dict[str, Any]:
    """A ranking with its lines, ready for `StaffRankingOut`."""
    told = ("state", "computed_at", "adopted_at", "published_at", "public_until", "calibrated")
    return {
        "id": ranking.pk,
        "track": ranking.track.key,
        "entries": lines,
        **{name: getattr(ranking, name) for name in told},
    }


def parts_of_sheet(assignment: Assignment) -> list[Any]:
    """The state of a score sheet: what its mark is made of."""
    values = sorted(assignment.scores.values_list("criterion__key", "value"))
    confidence = sorted(assignment.confidence.items())
    said = sorted(commenting.by_key(assignment).items())
    return [assignment.pk, assignment.state, values, confidence, said, assignment.private_note]


def sheet(assignment: Assignment) -> Any:
    """A score sheet with what to read, ready for `SheetOut`."""
    found: Any = assignment
    criteria = scoring.criteria_of(assignment.juror.panel.call)
    values = scoring.values_of(assignment)
    points = scoring.points(criteria, values)
    found.criteria = criteria
    found.given = {one.key: values[one.pk] for one in criteria if one.pk in values}
    texts = commenting.texts_of(assignment)
    found.said = commenting.by_key(assignment)
    wanting = comment_rules.lacking(assignment.juror.panel.call, criteria, texts)
    found.comments_wanting = {one.key: wanting[one.pk] for one in criteria if one.pk in wanting}
    found.note = assignment.private_note
    found.reached, found.scored, found.missing = points.reached, points.scored, points.missing
    found.write_refused = words(scoring_rules.change(assignment))
    found.blocks = blocks(blinding.reading(assignment.application, assignment.juror.panel.call).blocks)
    return found
