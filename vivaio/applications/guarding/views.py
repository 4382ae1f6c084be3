"""The page where the young say who signs for them, and the page that the guardian's link opens."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from vivaio.applications import eligibility
from vivaio.applications.guarding import actions, queries, rules
from vivaio.applications.guarding.forms import BirthForm, GuardianForm, SignForm
from vivaio.applications.models import Application
from vivaio.applications.notice import notice_of
from vivaio.applications.states import HANDED_IN
from vivaio.applications.views.applicant import at_home, trail
from vivaio.kit.forms import posted
from vivaio.kit.refusals import refusals_shown
from vivaio.people import actions as people
from vivaio.people import queries as people_queries
from vivaio.people import rules as people_rules
from vivaio.people.models import Guardianship
from vivaio.people.states import GuardianshipState
from vivaio.programmes import queries as programmes


def _own(request: HttpRequest, pk: Any) -> Application:
    found = get_object_or_404(queries.own_application(request.user, pk))  # type: ignore[arg-type]
    at_home(request, found.call)
    return found


@require_http_methods(["GET", "POST"])
def guardian(request: HttpRequest, pk: Any) -> HttpResponse:
    """One's age, who signs, and how it stands; a press of the button names somebody and writes to them."""
    found = _own(request, pk)
    form = GuardianForm(posted(request))
    if request.method == "POST" and form.is_valid():
        done = _("The letter is on its way. You find here how it stands, and we write to you.")
        with refusals_shown(request, done) as shown:
            actions.name_guardian(found, form.cleaned_data, by=request.user)  # type: ignore[arg-type]
        if not shown.refused:
            return redirect("applications:guardian", pk)
    return _guardian_page(request, found, form=form if form.is_bound else None)


def _guardian_page(
    request: HttpRequest, found: Application, *, form: Any = None, birth: BirthForm | None = None
) -> HttpResponse:
    person: Any = request.user
    young = queries.young_in(found, person)
    own = next((one for one in young if one.person.pk == person.pk), None)
    standing = own.guardianship if own else None
    context = {
        "application": found,
        "call": found.call,
        "person": person,
        "asked": standing,
        "signed": bool(own and own.signed),
        "form": form or GuardianForm(None, initial=GuardianForm.as_before(standing, person)),
        "birth": birth or BirthForm(None, person),
        "ask_refused": rules.ask(found) or (people_rules.written_just_now(standing) if standing else None),
        "again_refused": people_rules.renew_guardianship(standing, person) if standing else None,
        "others": rules.others_reasons(young, person),
        "handed_in": found.state in HANDED_IN,
        "counts_age": eligibility.counts_age(found),
        "trail": trail(found),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "applications/guarding/guardian.html", context, status=status)


@require_POST
def tell_birth(request: HttpRequest, pk: Any) -> HttpResponse:
    """Put one's date of birth on record."""
    found = _own(request, pk)
    form = BirthForm(request.POST, request.user)  # type: ignore[arg-type]
    if not form.is_valid():
        return _guardian_page(request, found, birth=form)
    with refusals_shown(request, _("Your date of birth is on record.")):
        people.tell_birth(request.user, **form.cleaned_data, by=request.user)  # type: ignore[arg-type]
    return redirect("applications:guardian", pk)


@require_POST
def ask_again(request: HttpRequest, pk: Any) -> HttpResponse:
    """A new link to the guardian who has not answered."""
    found = _own(request, pk)
    asked = people_queries.guardianships_of(request.user, found.call_id).first()  # type: ignore[arg-type]
    if (
        asked is not None and asked.state == GuardianshipState.ASKED
    ):  # else the page says what came in between
        with refusals_shown(
            request, _("A new letter is on its way; the link of the earlier one no longer works.")
        ):
            actions.ask_again(asked, by=request.user)  # type: ignore[arg-type]
    return redirect("applications:guardian", pk)


@login_not_required
@require_http_methods(["GET", "POST"])
def asked(request: HttpRequest, token: str) -> HttpResponse:
    """What the guardian is asked; a press of the button signs."""
    row = queries.opened_with(token)
    if row is None:
        return render(request, "applications/guarding/unknown.html", status=404)
    form = SignForm(posted(request))
    if request.method == "POST" and form.is_valid():
        with refusals_shown(request) as shown:
            signed = actions.sign(
                row, by=_by(request), notice=request.POST.get("notice", ""),
                consents=request.POST.getlist("consent"), **form.cleaned_data,
            )  # fmt: skip
        if not shown.refused:
            messages.success(request, _("Signed. A letter with a link to withdraw is on its way to you."))
            return redirect("applications:guardian_asked", signed.token)
        row = queries.opened_with(token)
    return _asked_page(request, row, token, form)  # type: ignore[arg-type]


def _asked_page(request: HttpRequest, row: Guardianship, token: str, form: SignForm) -> HttpResponse:
    call = queries.call_of(row)
    context = {
        "guardianship": row,
        "call": call,
        "token": token,
        "spent": queries.is_spent(row, token),
        "refused": people_rules.sign_as_guardian(row, _by(request)) or rules.go_on(call),
        "withdraw_refused": people_rules.withdraw_as_guardian(row),
        "renew_refused": people_rules.renew_guardianship(row) or rules.go_on(call),
        "form": form,
        "notice": notice_of(call),
        "purposes": programmes.purposes(call.programme_id),
        "consents": programmes.asked_of_guardian(call.programme_id, row.person),
        "ticked": request.POST.getlist("consent"),
    }
    status = 409 if request.method == "POST" else 200
    return render(request, "applications/guarding/asked.html", context, status=status)


def _by(request: HttpRequest) -> Any:
    return request.user if request.user.is_authenticated else None


@login_not_required
@require_http_methods(["GET", "POST"])
def end(request: HttpRequest, token: str) -> HttpResponse:
    """Ask, then say no, or take the signature back: opening a link changes nothing."""
    row = queries.opened_with(token)
    if row is None or queries.is_spent(row, token):
        return render(request, "applications/guarding/unknown.html", status=404)
    signed = row.state == GuardianshipState.SIGNED
    if request.method == "POST":
        with refusals_shown(request):
            (actions.withdraw if signed else actions.decline)(row, by=_by(request))
        return redirect("applications:guardian_asked", token)
    return render(request, "kit/confirm.html", _withdrawing(row, token) if signed else _declining(row, token))


def _declining(row: Guardianship, token: str) -> dict[str, Any]:
    return {
        "title": _("Decline to sign?"),
        "text": _(
            "%(person)s cannot hand in the application without you, and is told. They can ask you again."
        )
        % {"person": row.person},
        "action": _("I do not sign"),
        "back_href": reverse("applications:guardian_asked", args=[token]),
        "refused": people_rules.sign_as_guardian(row),
    }


def _withdrawing(row: Guardianship, token: str) -> dict[str, Any]:
    text = _(
        "%(person)s can no longer hand in, and the consents that you gave end. If the application is handed in"
        " already, the staff of the call are told and decide what becomes of it. Both get a letter."
    )
    return {
        "title": _("Withdraw your signature?"),
        "text": text % {"person": row.person},
        "action": _("Withdraw the signature"),
        "danger": True,
        "back_href": reverse("applications:guardian_asked", args=[token]),
        "refused": people_rules.withdraw_as_guardian(row),
    }


@login_not_required
@require_POST
def new_link(request: HttpRequest, token: str) -> HttpResponse:
    """A link that has expired sends for a new one, to the same address."""
    row = queries.opened_with(token)
    if row is None or queries.is_spent(row, token):
        return render(request, "applications/guarding/unknown.html", status=404)
    with refusals_shown(request) as shown:
        actions.ask_again(row, by=None)
    if shown.refused:
        return redirect("applications:guardian_asked", token)
    return render(request, "applications/guarding/renewed.html", {"guardianship": row})
