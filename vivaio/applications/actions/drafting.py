"""What an applicant's team does: begin, write, hand in, withdraw, reopen."""

import hashlib
from collections.abc import Collection

from django.db import transaction
from django.utils.translation import gettext as _

from vivaio.applications import answers, eligibility, events, letters, queries, rules
from vivaio.applications.checking import proposing
from vivaio.applications.deminimis import rules as deminimis
from vivaio.applications.finding import actions as finding
from vivaio.applications.guarding import rules as guarding
from vivaio.applications.models import Application, Receipt, Writer
from vivaio.applications.notice import named
from vivaio.applications.signing import actions as signing
from vivaio.applications.signing import rules as signatures
from vivaio.applications.states import MOVES, ApplicationState, ReceiptKind
from vivaio.calls.models import Track
from vivaio.journal import actions as journal
from vivaio.kit import clock
from vivaio.kit.rules import Refused, require
from vivaio.kit.states import move
from vivaio.mailroom import actions as mailroom
from vivaio.people.models import Organisation, Person
from vivaio.programmes import actions as programmes
from vivaio.programmes.queries import asked_in_applications, current_notice
from vivaio.programmes.states import ConsentPlace, ReadingOccasion
from vivaio.questionnaires import actions as questionnaires
from vivaio.questionnaires.changes import Change, Posted, Saved
from vivaio.questionnaires.models import Response

LAST_STEP = 999  # an address may name any number


@transaction.atomic
def start(
    track: Track, *, by: Person, organisation: Organisation | None = None, entering: bool = False
) -> Application:
    """Begin a draft in a track; the applicant's draft that is there already is given back instead.

    Contests are entered by initiatives alone: their room says so (`entering`) once it has looked.
    Raises `Refused` where the call is not open, or not for this applicant.
    """
    call = queries.locked_call(track.call_id)  # two clicks come one after the other
    require(rules.enter, call) if entering else require(rules.start, call, by)
    require(rules.start_in, track, organisation, by)
    draft = queries.draft_of(track, organisation, by)
    if draft:
        return draft
    form = call.form
    if form is None:
        raise Refused(_("This call has no questions yet: it takes applications as soon as they are there."))
    application = Application.objects.create(
        call=call,
        track=track,
        organisation=organisation,
        person=None if organisation else by,
        created_by=by,
        response=questionnaires.start_response(form, by=by),
    )
    journal.record("application.started", application, by=by, programme=call.programme_id)
    return application


@transaction.atomic
def save(
    application: Application, changes: list[Change], *, by: Person, step: int = 1, language: str | None = None
) -> Saved:
    """Keep what one colleague typed. Not journalled: drafts save many times a minute."""
    application = queries.locked_to_write(application.pk)
    require(rules.edit, application, by)
    saved = questionnaires.save_answers(
        Response(pk=application.response_id), changes, by=by, language=language
    )
    wrote(application, by, step, saved.response)
    return saved


@transaction.atomic
def save_posted(
    application: Application, posted: Posted, *, by: Person, step: int = 1, language: str | None = None
) -> Saved:
    """Keep what a page without script sent: answers, rows, files. A file that is not taken stops nothing else."""
    application = queries.locked_to_write(application.pk)
    require(rules.edit, application, by)
    saved = questionnaires.save_posted(Response(pk=application.response_id), posted, by=by, language=language)
    wrote(application, by, step, saved.response)
    if posted.uploads or posted.removals:
        signing.register(application.pk, by=by)
    return saved


@transaction.atomic
def submit(
    application: Application,
    *,
    by: Person,
    declared: bool,
    noticed: bool,
    notice: str = "",
    consents: Collection[str] = (),
) -> Application:
    """The team hands in its application; from here the answers are frozen.

    The deadline is checked by the server's clock under the lock of the call, so that it cannot move in between.
    The number is the next one of the call, without gaps; who reopened keeps theirs. `notice` names the version
    of the privacy notice that was on the page, `consents` the purposes that the person ticked there. Raises `Refused`.
    """
    call = queries.locked_call(
        application.call_id
    )  # always before the application: no two wait for each other
    application = queries.locked_under(call, application.pk)
    require(rules.submit, application, by)
    require(guarding.hand_in, application, by)
    require(deminimis.hand_in, application)
    require(rules.declare, declared, noticed)
    published = current_notice(call.programme_id)
    holds = named(published)
    require(rules.notice_holds, notice or holds, holds)
    application.response = response = answers.locked(application)
    require(rules.complete, len(answers.problems(response)))
    require(signatures.hand_in, application)
    _freeze(application, response, holds, by)
    finding.keep(application)
    receipt = keep_receipt(application, by)
    programmes.read_notice(published, by, ReadingOccasion.APPLICATION)
    for purpose in asked_in_applications(call.programme_id, by) if consents else ():
        if str(purpose.pk) in consents:
            programmes.answer_consent(purpose, True, by=by, place=ConsentPlace.APPLICATION)
    eligibility.check(application)
    eligibility.check_twins(application)
    journal.record("application.submitted", application, by=by)
    events.submitted.send(Application, application=application)
    letters.receipt.enqueue(receipt)
    return application


def _freeze(application: Application, response: Response, notice: str, by: Person) -> None:
    """From here its answers, its number and the notice that was read stand."""
    move(application, ApplicationState.SUBMITTED, MOVES)
    now = clock.now()
    if application.number is None:
        application.number = queries.next_number(application.call)
    application.submitted_at, application.submitted_by, application.declared_at = now, by, now
    application.notice_version = notice
    application.withdrawn_at = None
    application.frozen = answers.freeze(response)
    application.digest = hashlib.sha256(application.frozen).hexdigest()
    application.save()


@transaction.atomic
def withdraw(application: Application, *, by: Person) -> Application:
    """The team takes its application back. The number stays taken."""
    application = queries.locked(application.pk)
    require(rules.withdraw, application, by)
    handed_in = application.state != ApplicationState.DRAFT
    move(application, ApplicationState.WITHDRAWN, MOVES)
    application.withdrawn_at = clock.now()
    application.forget_decision()
    application.save()
    proposing.lapse(application)
    for letter in letters.held_about(application):  # an exclusion that nobody was told of
        mailroom.cancel(letter.pk, by=by)
    for request in application.integration_requests.filter(state="open"):
        request.state = "cancelled"
        request.save()
    journal.record("application.withdrawn", application, by=by)
    if handed_in:
        eligibility.check_twins(application)
        events.withdrawn.send(Application, application=application)
        letters.withdrawn.enqueue(application, cause=application.withdrawn_at.isoformat())
    return application


@transaction.atomic
def reopen(application: Application, *, by: Person) -> Application:
    """Back to a draft before the deadline: the receipt no longer counts, the number stays."""
    call = queries.locked_call(application.call_id)
    application = queries.locked(application.pk)
    application.call = call
    require(rules.reopen, application, by)
    handed_in = application.state == ApplicationState.SUBMITTED
    move(application, ApplicationState.DRAFT, MOVES)
    now = clock.now()
    application.receipts.filter(superseded_at=None).update(superseded_at=now)
    application.submitted_at, application.submitted_by, application.declared_at = None, None, None
    application.frozen, application.digest, application.withdrawn_at = None, "", None
    application.save()
    finding.forget(application)
    application.checks.all().delete()
    proposing.lapse(application)
    journal.record("application.reopened", application, by=by)
    if handed_in:
        eligibility.check_twins(application)
        events.reopened.send(Application, application=application)
        letters.reopened.enqueue(application, cause=now.isoformat())
    return application


def keep_receipt(application: Application, by: Person, kind: ReceiptKind = ReceiptKind.SUBMISSION) -> Receipt:
    """Write down what was frozen just now; part of the action that freezes."""
    return Receipt.objects.create(
        application=application,
        kind=kind,
        at=(application.submitted_at if kind == ReceiptKind.SUBMISSION else None) or clock.now(),
        by=by,
        frozen=application.frozen,
        digest=application.digest,
    )


def wrote(application: Application, by: Person, step: int, response: Response) -> None:
    """Who wrote, where and when; the title follows the answers, `response`. Part of the action that writes."""
    title = answers.title_of(application, response)
    if title != application.title:
        Application.objects.filter(pk=application.pk).update(title=title)
    Writer.objects.bulk_create(
        [Writer(application=application, person=by, step=min(step, LAST_STEP), wrote_at=clock.now())],
        update_conflicts=True,
        unique_fields=["application", "person"],
        update_fields=["step", "wrote_at", "updated_at"],
    )
