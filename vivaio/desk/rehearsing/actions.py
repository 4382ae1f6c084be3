"""Starting a rehearsal, moving it on, ending it without a trace."""

import datetime as dt
import random
import secrets

from django.db import transaction
from django.utils.translation import gettext as _

from vivaio.applications import actions as applications
from vivaio.applications.deminimis import actions as declaring
from vivaio.applications.deminimis import queries as deminimis
from vivaio.calls import queries as calls
from vivaio.calls.cloning import actions as cloning
from vivaio.calls.models import Call
from vivaio.calls.states import ApplicantKind, CallState
from vivaio.desk.rehearsing import inventing, queries, removing, rules
from vivaio.journal import actions as journal
from vivaio.jury.actions import conflicts, panel, scoring
from vivaio.kit import clock
from vivaio.kit.copying import copy_of
from vivaio.kit.rules import Refused, require
from vivaio.people.models import Person
from vivaio.programmes import actions as programmes
from vivaio.programmes.models import Programme, Rehearsal, RoleHolding
from vivaio.programmes.queries import works_on
from vivaio.programmes.roles import ROLES
from vivaio.programmes.states import ProgrammeState

WINDOW = dt.timedelta(days=queries.DAYS)
LEFT = ("slug", "state", "logo", "logo_alt", "is_demo", "blueprint_digest", "public_version", "contact_email")


@transaction.atomic
def start(call: Call, *, size: int, jurors: int = 3, seed: int = 1, by: Person) -> Rehearsal:
    """Try the call out with `size` invented applications and some invented jurors; the same seed invents the same.

    Raises `Refused` as the rules say; then nothing of it stays.
    """
    call = calls.locked(call.pk)
    require(rules.start, call, by)
    require(rules.size, size)
    now = clock.now()
    programme = _programme(call.programme, by)
    rehearsal = Rehearsal.objects.create(
        programme=programme,
        rehearsed=call.programme,
        call=call.pk,
        seed=seed,
        ends_at=now + dt.timedelta(days=queries.DAYS),
        started_by=by,
    )
    journal.record("rehearsals.started", call, by=by)
    rehearsal.twin = _twin(call, programme, now, by).pk
    _invent(rehearsal, size, jurors, by)
    rehearsal.save()
    # A role ends under the programme's lock: it has ended, and is not copied, or finds this rehearsal once it goes on.
    programmes.locked(call.programme_id)
    queries.copies_left(rehearsal).delete()
    return rehearsal


def _programme(real: Programme, by: Person) -> Programme:
    """A programme in preparation with the same staff, in which nothing else is."""
    made = copy_of(real, leave=LEFT, slug=f"prova-{secrets.token_hex(5)}", state=ProgrammeState.DRAFT)
    made.is_rehearsal, made.title = True, f"Prova · {real.title}"[:160]
    made.i18n = {
        name: f"Rehearsal · {text}"[:160] if name.startswith("title_") else text
        for name, text in (real.i18n or {}).items()
    }
    made.save()
    staff = [role.code for role in ROLES.values() if role.staff]
    for held in RoleHolding.objects.filter(programme=real, role__in=staff):
        RoleHolding.objects.create(programme=made, person_id=held.person_id, role=held.role)
    return made


def _twin(call: Call, programme: Programme, now: dt.datetime, by: Person) -> Call:
    """The copy, open from an hour ago; its jury scores once its applications are closed."""
    titles = {"it": call.title} | {
        name.removeprefix("title_"): text
        for name, text in (call.i18n or {}).items()
        if name.startswith("title_")
    }
    twin = cloning.clone(call, programme, titles=titles, slug=call.slug, opens_at=call.opens_at, by=by)
    twin.state, twin.published_at = CallState.PUBLISHED, now
    twin.opens_at, twin.closes_at = now - dt.timedelta(hours=1), now + WINDOW
    twin.scoring_opens_at, twin.scoring_closes_at, twin.questions_until = now + WINDOW, now + 2 * WINDOW, None
    twin.save()
    return twin


def _invent(rehearsal: Rehearsal, size: int, jurors: int, by: Person) -> None:
    """Applications handed in, as far as the form lets an invented answer pass; jurors who have accepted."""
    twin = queries.twin_of(rehearsal)
    chance = random.Random(rehearsal.seed)  # noqa: S311 invented, the same for the same seed
    name = rehearsal.programme.slug
    tracks = list(twin.tracks.all())
    for number in range(1, size + 1):
        track = tracks[number % len(tracks)]
        person = inventing.person(number, name, chance)
        rehearsal.people.append(str(person.pk))
        organisation = None
        if ApplicantKind.ORGANISATION in twin.applicant_kinds:
            organisation = inventing.organisation(number, track, person, chance)
            rehearsal.organisations.append(str(organisation.pk))
        application = applications.start(track, by=person, organisation=organisation)
        if inventing.write(application, person, chance):
            _hand_in(application, person)
    jury = panel.ensure(twin, by=by)
    for number in range(size + 1, size + 1 + jurors):
        person = inventing.person(number, name, chance)
        rehearsal.people.append(str(person.pk))
        given, family = person.given_name, person.family_name
        juror = panel.invite(
            jury, email=person.email, given_name=given, family_name=family, capacity=200, by=by
        )
        conflicts.declare_all(panel.accept(juror, by=person), [], by=person)


def _hand_in(application, person: Person) -> None:  # type: ignore[no-untyped-def]
    """A call may ask for more than answers (a guardian): then it stays a draft."""
    try:
        with transaction.atomic():
            if deminimis.conditions_for(application):
                declaring.declare_nothing(application, by=person)
            applications.submit(application, by=person, declared=True, noticed=True)
    except Refused:
        return


@transaction.atomic
def close(rehearsal: Rehearsal, *, by: Person) -> None:
    """The applications close now, and the jury may score: what would take weeks goes on at once."""
    found = _held(rehearsal, by)
    twin = calls.locked(queries.twin_of(found).pk)
    now = clock.now()
    require(rules.close, twin.closes_at > now)
    twin.closes_at = twin.scoring_opens_at = now
    twin.save()
    journal.record("rehearsals.closed", twin, by=by)


@transaction.atomic
def invent_scores(rehearsal: Rehearsal, *, by: Person) -> int:
    """The invented jurors score what they were given, each with a severity of their own; returns how many sheets."""
    found = _held(rehearsal, by)
    sheets = list(queries.unscored(found))
    require(rules.invent_scores, found, len(sheets))
    chance = random.Random(found.seed + 1)  # noqa: S311 invented, the same for the same seed
    criteria = list(queries.twin_of(found).criteria.all())
    quality = {pk: chance.uniform(0.3, 0.95) for pk in sorted({sheet.application_id for sheet in sheets})}
    severity = {pk: chance.uniform(-0.12, 0.12) for pk in sorted({sheet.juror_id for sheet in sheets})}
    for sheet in sheets:
        worth = quality[sheet.application_id] + severity[sheet.juror_id]
        values = {
            one.pk: max(
                one.scale_min,
                min(
                    one.scale_max,
                    round(one.scale_min + (one.scale_max - one.scale_min) * chance.gauss(worth, 0.12)),
                ),
            )
            for one in criteria
        }
        scoring.save(sheet, values, by=sheet.juror.person)
    return len(sheets)


@transaction.atomic
def end_roles(holding: RoleHolding, *, by: Person | None) -> None:
    """A role of the programme has ended: so do its copies in the rehearsals, and with the last of them all of it."""
    for held in queries.copies_of(holding).select_for_update(of=("self",)):
        journal.record("programmes.role_ended", held, by=by)
        held.delete()
        if not works_on(held.person, held.programme):
            programmes.forget_views(held.person, held.programme)


@transaction.atomic
def end(rehearsal: Rehearsal, *, by: Person | None) -> int:
    """All of it goes: rows, files, letters that wait. Returns how many rows. The register keeps that it was."""
    found = queries.locked(rehearsal.pk)
    if found is None:
        return 0
    require(rules.handle, found, by)
    rows = removing.belongings(found)
    call = Call.objects.filter(pk=found.call).first()
    gone = removing.remove(rows)
    journal.record(
        "rehearsals.ended",
        call or journal.Subject("calls.call", found.call),
        by=by,
        programme=found.rehearsed,
    )
    return gone


def _held(rehearsal: Rehearsal, by: Person) -> Rehearsal:
    found = queries.locked(rehearsal.pk)
    if found is None:
        raise Refused(_("This rehearsal is over."))
    require(rules.handle, found, by)
    return found
