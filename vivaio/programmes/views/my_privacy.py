"""One's own personal data: consents given and withdrawn, notices read."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from vivaio.kit.refusals import refusals_shown
from vivaio.people import queries as people
from vivaio.people.models import Person
from vivaio.programmes import actions, queries, rules
from vivaio.programmes.states import ConsentPlace


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What one is asked, what one answered when, which notices one read."""
    context = {
        "exports": people.exports_of(request.user)[:5],
        "erasure": people.erasure_of(request.user).first(),
        "asked": asked(request.user),  # type: ignore[arg-type]
        "history": queries.consents_of(request.user)[:50],  # type: ignore[arg-type]
        "readings": queries.readings_of(request.user)[:50],  # type: ignore[arg-type]
    }
    return render(request, "programmes/privacy/mine.html", context)


def asked(person: Person) -> list[dict[str, Any]]:
    """Each purpose that the person may be asked about, with the answer that counts, or why they cannot give it."""
    latest = {answer.purpose_id: answer for answer in queries.latest_consents(person)}
    found = []
    for purpose in queries.consent_purposes(person):
        answer = latest.get(purpose.pk)
        given = bool(answer and answer.given)
        if given or not purpose.retired:
            refused = None if given else rules.answer_consent(purpose, True, person, ConsentPlace.OWN_PAGE)
            found.append({"purpose": purpose, "answer": answer, "given": given, "refused": refused})
    return found


@require_POST
def answer(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give a consent or withdraw it, with one press either way."""
    purpose = get_object_or_404(queries.consent_purposes(request.user), pk=pk)  # type: ignore[arg-type]
    given = request.POST.get("given") == "yes"
    done = (
        _("Your consent is recorded. You can withdraw it here at any time.")
        if given
        else _("Your consent is withdrawn: from now on your data are no longer used for this purpose.")
    )
    with refusals_shown(request, done):
        actions.answer_consent(purpose, given, by=request.user, place=ConsentPlace.OWN_PAGE)  # type: ignore[arg-type]
    return redirect("programmes:my_privacy")
