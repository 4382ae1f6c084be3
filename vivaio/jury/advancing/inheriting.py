"""What was decided about conflicts of interest in earlier stages holds in this one."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from uuid import UUID

from vivaio.applications.models import Application
from vivaio.jury.models import Clearance, Conflict, ConflictDecision, Juror, Panel
from vivaio.jury.queries.panel import BEFORE_THE_JURY
from vivaio.jury.states import ConflictSource, ConflictState

Pair = tuple[UUID | None, UUID]
COPIED = ("source", "state", "reason", "grounds", "recorded_by", "decided_by", "decision_reason")


def inherit(panel: Panel) -> list[Conflict]:
    """Write the conflicts, standing or set aside, that an earlier stage knows of this jury and these applicants.

    What stands here already stays as it is; so do the decisions that an unknown applicant may be assigned. Returns
    the new conflicts that stand. Called under the panel's lock.
    """
    if panel.call.follows_id is None:
        return []
    origins = earlier(panel)
    jurors = {
        address: juror for juror in panel.jurors.select_related("person") for address in addresses(juror)
    }
    here = set(Conflict.objects.filter(juror__panel=panel).values_list("juror_id", "application_id"))
    decided = set(panel.conflict_decisions.values_list("juror_id", "application_id"))
    here |= decided  # also what was taken back here
    found = (
        Conflict.objects.filter(application__in=origins)
        .exclude(
            source=ConflictSource.FOUND, state=ConflictState.STANDING
        )  # the records say it again by themselves
        .select_related("juror__person")
        .order_by("-juror__panel__call__opens_at")
    )
    made = []
    carried: dict[Pair, Pair] = {}
    for conflict in found:
        application = origins[conflict.application_id]
        for juror in {jurors[one] for one in addresses(conflict.juror) if one in jurors}:
            if (juror.pk, application) not in here:
                here.add((juror.pk, application))
                kept = {name: getattr(conflict, name) for name in COPIED}
                made.append(Conflict.objects.create(juror=juror, application_id=application, **kept))
                carried[juror.pk, application] = conflict.juror_id, conflict.application_id
    carried |= {(None, now): (None, before) for now, before in clear(panel, origins, decided).items()}
    carry(panel, carried)
    return [one for one in made if one.state == ConflictState.STANDING]


def earlier(panel: Panel) -> dict[UUID, UUID]:
    """The applications of earlier stages that were handed in to this one: their keys, what each has become here."""
    rows = Application.objects.filter(call=panel.call_id, continues__isnull=False, state__in=BEFORE_THE_JURY)
    origins: dict[UUID, UUID] = {}
    level = {before: now for now, before in rows.values_list("pk", "continues") if before}
    while level:
        origins |= level
        above = Application.objects.filter(pk__in=level, continues__isnull=False).values_list(
            "pk", "continues"
        )
        level = {before: level[pk] for pk, before in above if before}
    return origins


def carry(panel: Panel, pairs: Mapping[Pair, Pair]) -> None:
    """What was decided of each pair in the earlier stage, with its reason and its day, stands in this one's history."""
    if not pairs:
        return
    told = defaultdict(list)
    for one in ConflictDecision.objects.filter(application__in={before[1] for before in pairs.values()}):
        told[one.juror_id, one.application_id].append(one)
    ConflictDecision.objects.bulk_create(
        ConflictDecision(
            panel=panel,
            juror_id=juror,
            application_id=application,
            **{name: getattr(one, name) for name in ("what", "reason", "by_id", "created_at")},
        )
        for (juror, application), before in pairs.items()
        for one in told[before]
    )


def clear(panel: Panel, origins: Mapping[UUID, UUID], decided: Collection[Pair]) -> dict[UUID, UUID]:
    """The latest decision that an unknown applicant may be assigned holds for what its application has become,
    unless something was decided here (`decided`: pairs, without a juror).

    Returns the applications of this stage for which it is new, and whose decision each took.
    """
    taken = {}
    cleared = set(
        Clearance.objects.filter(application__in=origins.values()).values_list("application_id", flat=True)
    )
    for one in Clearance.objects.filter(application__in=origins).order_by("-created_at"):
        application = origins[one.application_id]
        if application not in cleared and (None, application) not in decided:
            cleared.add(application)
            taken[application] = one.application_id
            Clearance.objects.create(
                panel=panel, application_id=application, reason=one.reason, decided_by=one.decided_by
            )
    return taken


def addresses(juror: Juror) -> set[str]:
    """What a person is known by in two juries: their account, or the address of the invitation."""
    return {juror.email.lower()} | ({str(juror.person_id)} if juror.person_id else set())
