"""Inviting students and tutors; the universities that take part; the invitation behind the secret of its letter."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from vivaio.experts.models import PlacementInvitation, UniversityTutor
from vivaio.experts.placing import pages
from vivaio.experts.placing.actions import rounds as actions
from vivaio.experts.placing.forms.rounds import StudentsForm, TutorForm, UniversityForm
from vivaio.experts.placing.queries import rounds as queries
from vivaio.experts.placing.rules import rounds as rules
from vivaio.experts.placing.states import PlacementPart
from vivaio.experts.placing.views.frame import framed, round_of, staffed
from vivaio.kit.forms import posted
from vivaio.kit.refusals import refusals_shown
from vivaio.programmes import queries as programmes

ACTS: dict[str, Any] = {"cancel": actions.cancel_invitation, "resend": actions.resend_invitation}


@require_http_methods(["GET", "POST"])
def students(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Invite students to a round, one or a pasted list; whom one waits for."""
    row, _runs = round_of(request, pk, "experts.match")
    form = StudentsForm(posted(request), initial={"language": request.LANGUAGE_CODE})  # type: ignore[attr-defined]
    if request.method == "POST" and form.is_valid():
        with refusals_shown(request) as shown:
            made = actions.invite_students(row, by=request.user, **form.cleaned_data)
        if not shown.refused:
            words = ngettext(
                "%(n)d invitation is on its way.", "%(n)d invitations are on their way.", len(made)
            )
            messages.success(request, words % {"n": len(made)})
            return redirect("experts:placement_invite", row.pk)
    context = pages.frame(row, "invite", runs=True) | {
        "form": form,
        "waiting": queries.invitations(row.programme).filter(round=row)[:200],
    }
    return render(request, "experts/placing/invite.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def tutors(request: HttpRequest, programme: str) -> HttpResponse:
    """The tutors of universities, and inviting one."""
    row = staffed(request, programme, "experts.match")
    form = TutorForm(posted(request), initial={"language": request.LANGUAGE_CODE})  # type: ignore[attr-defined]
    if request.method == "POST" and form.is_valid():
        with refusals_shown(request, _("The invitation is on its way.")) as shown:
            actions.invite_tutor(row, by=request.user, **form.cleaned_data)
        if not shown.refused:
            return redirect("experts:placement_tutors", row.slug)
    above = reverse("experts:placements", args=[row.slug])
    context = {
        "form": form,
        "programme": row,
        "tutors": queries.tutors(row),
        "waiting": queries.invitations(row).filter(part=PlacementPart.TUTOR)[:100],
        "university_form": UniversityForm(),
        "trail": [(_("Placements"), above), (_("University tutors"), "")],
    }
    return render(request, "experts/placing/tutors.html", context, status=422 if form.errors else 200)


@require_POST
def university(request: HttpRequest, programme: str) -> HttpResponse:
    """Add a university."""
    row = staffed(request, programme, "experts.match")
    form = UniversityForm(request.POST)
    if form.is_valid():
        with refusals_shown(request, _("The university is in the list: now invite its tutor.")):
            actions.add_university(row, **form.cleaned_data, by=request.user)
    else:
        messages.error(request, _("Write the name of the university."))
    return redirect("experts:placement_tutors", row.slug)


@require_POST
def dismiss(request: HttpRequest, pk: UUID) -> HttpResponse:
    """End a tutor's part."""
    mine = programmes.programmes_where(request.user, "experts.match").values("pk")
    row = get_object_or_404(
        UniversityTutor.objects.select_related("programme", "person"), programme__in=mine, pk=pk
    )
    with refusals_shown(request, _("They follow the students of this university no more.")):
        actions.dismiss_tutor(row, by=request.user)
    return redirect("experts:placement_tutors", row.programme.slug)


@require_POST
def act(request: HttpRequest, pk: UUID, act: str) -> HttpResponse:
    """Call an invitation back, or send it again."""
    mine = programmes.programmes_where(request.user, "experts.match").values("pk")
    rows = PlacementInvitation.objects.select_related("programme")
    row = get_object_or_404(rows, programme__in=mine, pk=pk)
    if act not in ACTS:
        raise Http404
    done = _("The invitation is called back.") if act == "cancel" else _("The invitation is on its way.")
    with refusals_shown(request, done):
        ACTS[act](row, by=request.user)
    if row.round_id is not None:
        return redirect("experts:placement_invite", row.round_id)
    return redirect("experts:placement_tutors", row.programme.slug)


@login_not_required
@require_http_methods(["GET", "POST"])
def invited(request: HttpRequest, token: str) -> HttpResponse:
    """Who invites to what, and the answer."""
    found = queries.invitation_for(token)
    if found is None:
        return render(request, "experts/invitation_unknown.html", status=404)
    if request.method == "POST":
        return answered(request, found, token)
    framed(request, found.programme)
    here = reverse("experts:placement_invited", args=[token])
    onward = reverse("experts:placement_apply", args=[found.round_id]) if found.round_id else here
    query = urlencode({"next": onward})
    context = {
        "invitation": found,
        "programme": found.programme,
        "over": rules.answer(found),
        "onward": onward,
        "login_href": f"{reverse('account_login')}?{query}",
        "signup_href": f"{reverse('account_signup')}?{query}",
    }
    return render(request, "experts/placing/invitation.html", context)


def answered(request: HttpRequest, found: PlacementInvitation, token: str) -> HttpResponse:
    """A tutor accepts signed in; anybody who holds the letter may decline."""
    known = request.user.is_authenticated
    if "accept" in request.POST and known:
        with refusals_shown(request, _("Thank you: here are the students of your university.")) as shown:
            actions.become_tutor(found, by=request.user)
        return (
            redirect("experts:placement_invited", token)
            if shown.refused
            else redirect("experts:placements_tutored")
        )
    with refusals_shown(request, _("You have declined. Thank you for the answer.")):
        actions.decline_invitation(found, by=request.user if known else None)
    return redirect("experts:placement_invited", token)
