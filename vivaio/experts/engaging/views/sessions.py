"""Sessions: proposing, accepting, moving, cancelling; telling and confirming the hours."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from vivaio.experts.engaging import calendar, pages, rules
from vivaio.experts.engaging.actions import sessions as actions
from vivaio.experts.engaging.actions import terms
from vivaio.experts.engaging.forms import (
    ComingForm,
    ConfirmForm,
    HeldForm,
    NoteForm,
    SessionForm,
    TellForm,
    WordsForm,
)
from vivaio.experts.engaging.pages import opened, session_opened
from vivaio.experts.engaging.views.engagement import drawn
from vivaio.kit import calendars, clock
from vivaio.kit.forms import posted
from vivaio.kit.refusals import refusals_shown
from vivaio.kit.rules import Refused


@require_http_methods(["GET", "POST"])
def propose(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Propose when and where to meet."""
    found = opened(request, pk)
    form = SessionForm(posted(request), found.engagement.programme.time_zone)
    if request.method == "POST" and form.is_valid():
        with refusals_shown(request, _("Proposed: the other side is told by letter.")) as shown:
            made = actions.propose(found.engagement, values=form.values, by=request.user)
        if not shown.refused:
            return redirect(made)
    title, refused = _("Propose a session"), rules.meet(found.engagement, found.who)
    return drawn(request, found, form, title, _("Propose it"), refused=refused)


@require_http_methods(["GET", "POST"])
def record(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A session that was held without being planned here."""
    found = opened(request, pk)
    zone = found.engagement.programme.time_zone
    form = HeldForm(posted(request), zone, day=clock.today(zone))
    if request.method == "POST" and form.is_valid():
        with refusals_shown(request, _("Recorded: the other side is asked to confirm the hours.")) as shown:
            made = actions.record(found.engagement, by=request.user, **form.told)
        if not shown.refused:
            return redirect(made)
    title, refused = _("Record a session that was held"), rules.meet(found.engagement, found.who)
    return drawn(request, found, form, title, _("Record it"), refused=refused)


@require_safe
def show(request: HttpRequest, pk: UUID) -> HttpResponse:
    """When, where, what was told and by whom, what can be done."""
    session, found = session_opened(request, pk)
    return render(request, "experts/engaging/session.html", pages.session_page(session, found))


@require_POST
def accept(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say that one's side comes."""
    session, _found = session_opened(request, pk)
    form = ComingForm(request.POST)
    with refusals_shown(request, _("Fixed: take it into your calendar.")):
        if not form.is_valid():
            raise Refused(_("Open the session and say that you come once you have read when it is."))
        actions.accept(session, changes=form.cleaned_data["changes"], by=request.user)
    return redirect(session)


@require_http_methods(["GET", "POST"])
def shift(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Another time, place or way."""
    session, found = session_opened(request, pk)
    form = SessionForm(posted(request), found.engagement.programme.time_zone, session)
    if request.method == "POST" and form.is_valid():
        words = form.cleaned_data["words"]
        with refusals_shown(request, _("Moved: the other side is told by letter.")) as shown:
            actions.shift(session, values=form.values, words=words, by=request.user)
        if not shown.refused:
            return redirect(session)
    return drawn(
        request, found, form, _("Move the session"), _("Propose the change"),
        refused=rules.shift(session, found.who), back=session.get_absolute_url(),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def cancel(request: HttpRequest, pk: UUID) -> HttpResponse:
    """It does not take place."""
    session, found = session_opened(request, pk)
    form = WordsForm(posted(request))
    if request.method == "POST" and form.is_valid():
        with refusals_shown(request, _("Cancelled: the other side is told by letter.")) as shown:
            actions.cancel(session, by=request.user, **form.cleaned_data)
        if not shown.refused:
            return redirect(session)
    return drawn(
        request, found, form, _("Cancel the session"), _("Cancel it"), asks=True,
        refused=rules.cancel(session, found.who), back=session.get_absolute_url(),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def tell(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say how long it was; correct what the other side said."""
    session, found = session_opened(request, pk)
    form = TellForm(posted(request), session)
    if request.method == "POST" and form.is_valid():
        with refusals_shown(request, _("Told: the other side is asked to confirm the hours.")) as shown:
            actions.tell(session, by=request.user, **form.cleaned_data)
        if not shown.refused:
            return redirect(session)
    return drawn(
        request, found, form, _("Hours of the session"), _("Tell the hours"),
        refused=rules.tell(session, found.who), back=session.get_absolute_url(),
    )  # fmt: skip


@require_POST
def confirm(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Confirm the hours that one has read."""
    session, _found = session_opened(request, pk)
    form = ConfirmForm(request.POST)
    with refusals_shown(request, _("Confirmed: thank you.")):
        if not form.is_valid():
            raise Refused(_("Open the session and confirm the hours that you read there."))
        actions.confirm(session, minutes=form.cleaned_data["minutes"], by=request.user)
    return redirect(session)


@require_POST
def note(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Write something about the session."""
    session, found = session_opened(request, pk)
    form = NoteForm(request.POST)
    with refusals_shown(request, _("It is written down.")):
        if not form.is_valid():
            raise Refused(_("Write something first."))
        terms.write(found.engagement, form.cleaned_data["words"], session=session, by=request.user)
    return redirect(session.get_absolute_url() + "#steps")


@require_safe
def ics(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The session for one's own calendar."""
    session, found = session_opened(request, pk)
    return calendars.respond(calendar.of_engagement(found.engagement, [session]), "sessione")
