"""A programme is published, taken back, closed: each asks first."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from vivaio.kit.refusals import refusals_shown
from vivaio.people.models import Person
from vivaio.programmes import actions, rules
from vivaio.programmes.models import Programme
from vivaio.programmes.states import ProgrammeState
from vivaio.programmes.views.frame import programme_where
from vivaio.programmes.views.sections import frame

EDIT = "programme.edit"
ACTS: dict[str, tuple[ProgrammeState, Any]] = {
    "publish": (ProgrammeState.PUBLISHED, actions.publish),
    "take-back": (ProgrammeState.DRAFT, actions.take_back),
    "close": (ProgrammeState.CLOSED, actions.close),
}
# What the page that asks says, what its button says, what is said afterwards.
WORDS = {
    "publish": {
        "title": _("Publish %(programme)s?"),
        "text": _("Anyone can read its page, its phases, its partners and its published calls from now on."),
        "action": _("Publish the programme"),
        "done": _("%(programme)s is published."),
    },
    "take-back": {
        "title": _("Take %(programme)s back from the public?"),
        "text": _(
            "Its page opens to the staff alone, until you publish it again. Nothing is deleted; links that people"
            " have saved lead nowhere meanwhile."
        ),
        "action": _("Take the programme back"),
        "done": _("%(programme)s is in preparation again."),
    },
    "close": {
        "title": _("Close %(programme)s?"),
        "text": _("Its pages stay public and say that it has ended. You can publish it again."),
        "action": _("Close the programme"),
        "done": _("%(programme)s is closed."),
    },
}


def words(act: str, programme: Programme) -> dict[str, str]:
    """The words of an act about a programme."""
    return {use: str(text) % {"programme": programme} for use, text in WORDS[act].items()}


def offered(programme: Programme, person: Person) -> list[dict[str, Any]]:
    """The acts that the programme's state allows now."""
    return [
        {
            **words(act, programme),
            "href": reverse("programmes:publication_act", args=[programme.slug, act]),
            "kind": "primary" if act == "publish" else "outline",
        }
        for act, (to, _action) in ACTS.items()
        if rules.change_state(programme, to, person) is None
    ]


@require_safe
def publication(request: HttpRequest, slug: str) -> HttpResponse:
    """The programme's state and what can be done about it."""
    programme = programme_where(request, slug, EDIT)
    context = frame(programme, "publication", acts=offered(programme, request.user))
    return render(request, "programmes/settings/publication.html", context)


@require_http_methods(["GET", "POST"])
def act(request: HttpRequest, slug: str, act: str) -> HttpResponse:
    """Ask, then do it."""
    programme = programme_where(request, slug, EDIT)
    if act not in ACTS:
        raise Http404
    to, action = ACTS[act]
    said, back = words(act, programme), reverse("programmes:publication", args=[slug])
    if request.method == "POST":
        with refusals_shown(request, said["done"]):
            action(programme, by=request.user)
        return redirect(back)
    context = {
        **said,
        "danger": act != "publish",
        "back_href": back,
        "refused": rules.change_state(programme, to, request.user),
    }
    return render(request, "kit/confirm.html", context)
