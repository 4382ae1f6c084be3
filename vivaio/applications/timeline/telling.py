"""The timeline, made from what is kept: the application's own instants, its receipts and requests, letters, notices.

The team's is made from `told_state` alone, as all its pages are: a decision that was not announced, scores and jurors
leave no line, and the lines are those of any application that waits. The staff's has what the register knows besides.
"""

from collections.abc import Iterable, Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from vivaio.applications import history
from vivaio.applications.models import Application, IntegrationRequest
from vivaio.applications.signing import queries as signing
from vivaio.applications.signing.queries import Need
from vivaio.applications.states import ApplicationState, IntegrationState, ReceiptKind
from vivaio.applications.timeline import queries
from vivaio.applications.timeline.entries import AHEAD, NOW, Entry, Line, in_order
from vivaio.calls.models import CallDate
from vivaio.calls.states import CallState
from vivaio.kit import clock, formats
from vivaio.people.models import Person

GOING_ON = (ApplicationState.SUBMITTED, ApplicationState.INTEGRATION, ApplicationState.ADMITTED)


def for_team(application: Application, person: Person, needs: Iterable[Need] = ()) -> list[Line]:
    """What its team may read; `needs` is what it had to sign.

    Three queries beside what `queries.with_history` fetched, and those of later rooms.
    """
    more, about = queries.told_to(application)
    state = ApplicationState(application.told_state)
    lines = [
        *_begun(application),
        *_happened(application, state),
        *_signed(application, needs),
        *_now(application, state),
        *_ahead(application, state, application.call.dates.all()),
        *_notices(application),
        *more,
    ]
    for letter in queries.letters_to(person, application, about):
        href = reverse("applications:letter", args=[application.pk, letter.pk])
        lines.append(Entry(letter.sent_at, _("Letter to you"), letter.subject, href, _("Read the letter")))
    return in_order(lines, application.call.time_zone)


def for_staff(application: Application, page: history.Page) -> list[Line]:
    """What the register knows, who did what, and the steps that come; of a longer history, one page.

    The call's own dates and notices stand on the call's pages, which the staff has at hand; here they would cost two
    queries of the twelve.
    """
    zone = application.call.time_zone
    register = [Entry(one.when, one.text, internal=True) for one in reversed(page.entries)]
    if page.number > 1:
        return in_order(register, zone)
    more, _about = queries.told_later(application, staff=True)
    state = ApplicationState(application.state)
    begun = Entry(application.created_at, _("The draft was begun"))
    told = [*_now(application, state, staff=True), *_ahead(application, state, staff=True), *more]
    return in_order([*(register or [begun]), *told], zone)


def _begun(application: Application) -> Iterator[Entry]:
    if application.continues_id:
        href = reverse("applications:application", args=[application.continues_id])
        title = _("It goes on from the stage before")
        yield Entry(application.created_at, title, "", href, _("The application to the stage before"))
    else:
        yield Entry(application.created_at, _("The draft was begun"))
    if at := getattr(application, "aid_signed_at", None):
        yield Entry(at, _("The de minimis declaration was signed"))


def _happened(application: Application, state: ApplicationState) -> Iterator[Entry]:
    for receipt in application.receipts.all():
        if receipt.kind == ReceiptKind.INTEGRATION:
            continue
        text = _("Number %(number)s.") % {"number": application.number}
        href = reverse("applications:receipt", args=[application.pk, receipt.pk])
        yield Entry(receipt.at, _("Handed in"), text, href, _("The receipt (PDF)"))
        if receipt.superseded_at:
            yield Entry(receipt.superseded_at, _("Reopened: a draft again"))
    for request in application.integration_requests.all():
        yield from _integration(application, request)
    if state == ApplicationState.ADMITTED:
        yield Entry(application.decided_at, _("Eligible"), _("It meets the conditions of the call."))
    if state == ApplicationState.EXCLUDED:
        yield Entry(application.decided_at, _("Not eligible"), _("The reason stands on this page."))
    if state == ApplicationState.WITHDRAWN:
        yield Entry(application.withdrawn_at, _("Withdrawn"))
    if application.outcome_published_at:
        href = reverse("jury:outcome", args=[application.pk])
        title = _("The outcome was published")
        yield Entry(application.outcome_published_at, title, "", href, _("Read the outcome"))


def _signed(application: Application, needs: Iterable[Need]) -> Iterator[Entry]:
    """Signatures that count, as far as the team may know of them."""
    for need in needs:
        for signature in (one.signature for one in need.documents if one.signature and not one.lapsed):
            title = _("Signed: %(document)s") % {"document": need.wanted.label}
            state = str(signing.told_state(signature).label)
            href = reverse("applications:signed_file", args=[application.pk, signature.pk])
            back = (href, _("Download the signed file")) if signature.file else ("", "")
            yield Entry(signature.created_at, title, state, *back)


def _integration(application: Application, request: IntegrationRequest) -> Iterator[Entry]:
    zone = application.call.time_zone
    until = _("To be answered by %(instant)s.") % {"instant": formats.instant(request.deadline, zone)}
    yield Entry(request.created_at, _("An integration was asked for"), until)
    if request.answered_at:
        yield Entry(request.answered_at, _("The integration was answered"))
    elif request.state == IntegrationState.EXPIRED:
        yield Entry(request.deadline, _("The time for the integration ended without an answer"))


def _now(application: Application, state: ApplicationState, *, staff: bool = False) -> Iterator[Entry]:
    """The step at which it stands, while it is going on."""
    call = application.call
    if call.state == CallState.WITHDRAWN or application.outcome_published_at:
        return
    if state == ApplicationState.DRAFT and call.is_open():
        text = _("The call closes then: hand it in before.")
        yield Entry(call.closes_at, _("You are writing"), text, state=NOW)
    elif state == ApplicationState.INTEGRATION:
        waiting = [
            one for one in application.integration_requests.all() if one.state == IntegrationState.OPEN
        ]
        for one in waiting:
            if staff:
                yield Entry(one.deadline, _("The team’s answer is awaited until this instant"), state=NOW)
                continue
            href = reverse("applications:integration", args=[one.pk])
            title = _("Your answer is awaited until this instant")
            yield Entry(one.deadline, title, "", href, _("Answer the request"), state=NOW)
    elif state == ApplicationState.SUBMITTED:
        begins = clock.now() < call.closes_at
        text = _("It begins when the call has closed.") if begins else _("The staff looks at the conditions.")
        yield Entry(call.closes_at if begins else None, _("Check of the conditions"), text, state=NOW)
    elif state == ApplicationState.ADMITTED:
        opens = call.scoring_opens_at
        if opens and clock.now() < opens:
            yield Entry(opens, _("It waits for the jury"), _("Jurors begin to read then."), state=NOW)
        else:
            until = call.scoring_closes_at
            text = _("Jurors read and score until then.") if until else ""
            yield Entry(until, _("The jury is at work"), text, state=NOW)


def _ahead(
    application: Application, state: ApplicationState, dates: Iterable[CallDate] = (), *, staff: bool = False
) -> Iterator[Entry]:
    """What comes, with the dates that the call names; the same for all who stand at the same step."""
    call, now = application.call, clock.now()
    if call.state not in (CallState.PUBLISHED, CallState.CONCLUDED):
        return
    going = state in GOING_ON or (state == ApplicationState.DRAFT and call.is_open())
    if not going:
        return
    for date in dates:
        if date.at > now:
            yield Entry(date.at, date.title_i18n, state=AHEAD)
    if application.outcome_published_at:
        return
    if state == ApplicationState.DRAFT:
        yield Entry(
            call.closes_at,
            _("Check of the conditions"),
            _("It begins when the call has closed."),
            state=AHEAD,
        )
    if state != ApplicationState.ADMITTED:
        yield Entry(
            call.scoring_opens_at, _("The jury"), _("It reads what meets the conditions."), state=AHEAD
        )
    told = "" if staff else _("A letter tells you.")
    yield Entry(None, _("The ranking is published"), told, state=AHEAD)
    if call.acceptance_days:
        text = _("Whoever gets a place has %(days)s days to accept it.") % {"days": call.acceptance_days}
        yield Entry(None, _("Acceptance"), text, state=AHEAD)


def _notices(application: Application) -> Iterator[Entry]:
    for notice in queries.notices(application):
        notice.call = application.call
        title = _("The call changed: %(notice)s") % {"notice": notice}
        href = notice.get_absolute_url()
        yield Entry(notice.created_at, title, notice.reason_i18n, href, _("What changed"))
