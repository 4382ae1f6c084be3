"""Students: applying, their own pages, their tutor's, their wishes; the curriculum."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from vivaio.experts.placing.actions import taking_part as actions
from vivaio.experts.placing.forms.rounds import WordsForm
from vivaio.experts.placing.forms.taking_part import OrderForm, StudentForm, student_initial
from vivaio.experts.placing.queries import placements, taking_part
from vivaio.experts.placing.queries import rounds as queries
from vivaio.experts.placing.rules import taking_part as rules
from vivaio.experts.placing.states import (
    PLACEMENT_TONES,
    STUDENT_TONES,
    PlacementRoundState,
    StudentState,
)
from vivaio.experts.placing.views.frame import framed, order_page
from vivaio.kit import files
from vivaio.kit.forms import posted
from vivaio.kit.refusals import refusals_shown

WITH_WORDS: dict[str, Any] = {"vouch": actions.vouch, "decline": actions.decline}


@require_http_methods(["GET", "POST"])
def apply(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take part in a round as a student."""
    row = get_object_or_404(queries.open_to(request.user), pk=pk)
    framed(request, row.programme)
    held = taking_part.own_in(request.user, row)
    if held is not None and held.state in (StudentState.APPLIED, StudentState.VOUCHED):
        return redirect(held)
    initial = student_initial(held) if held else {}
    form = StudentForm(
        posted(request), request.FILES or None, queries.universities(row.programme), initial=initial
    )
    if request.method == "POST" and form.is_valid():
        done = _("You take part: the tutor of your university is asked for their word.")
        with refusals_shown(request, done) as shown:
            made = actions.apply(row, values=form.values, file=form.cleaned_data["file"], by=request.user)
        if not shown.refused:
            return redirect(made)
    context = {"form": form, "round": row, "programme": row.programme, "submit": _("Take part")}
    context |= {"title": row.title, "refused": rules.apply(row, held, request.user)}
    context |= {"back": reverse("desk:programme", args=[row.programme.slug])}
    return render(request, "experts/placing/student_form.html", context, status=422 if form.errors else 200)


def student_of(request: HttpRequest, pk: UUID) -> tuple[Any, frozenset[str]]:
    """The student that the person may read, and what they may do in the programme."""
    row = get_object_or_404(taking_part.visible_to(request.user), pk=pk)
    return row, framed(request, row.round.programme)


@require_safe
def show(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One student, for themselves, their tutor, who runs placements, the initiatives of the round."""
    row, permissions = student_of(request, pk)
    own = row.person_id == request.user.pk
    tutors = not own and queries.is_tutor_of(request.user, row)
    staff = "experts.read" in permissions
    context = {
        "row": row,
        "programme": row.round.programme,
        "tone": STUDENT_TONES[row.state],
        "own": own,
        "tutors": tutors,
        "staff": staff,
        "concerned": own or tutors or staff,
        "at_work": row.round.state == PlacementRoundState.OPEN,
        "form": WordsForm(),
        "wishes": taking_part.wishes_of(row) if own or staff else [],
        "why_no_wish": rules.preferring(row.round),
        "editable": own and rules.edit(row, request.user) is None,
        "withdrawable": own and rules.withdraw(row, request.user) is None,
        "trail": trail_of(row, own, tutors, staff),
    }
    return render(request, "experts/placing/student.html", context)


def trail_of(row: Any, own: bool, tutors: bool, staff: bool) -> list[tuple[str, str]]:
    """The way back: one's own page, the university's, the round's students."""
    here = (str(row.person), "")
    if own:
        return [(_("My placements"), reverse("experts:placements_mine")), here]
    if tutors:
        return [(_("Students of my university"), reverse("experts:placements_tutored")), here]
    if staff:
        return [(str(row.round), reverse("experts:placement_students", args=[row.round_id])), here]
    return [(_("My initiatives"), reverse("initiatives:mine")), here]


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Change what one says of oneself."""
    row = get_object_or_404(taking_part.own(request.user), pk=pk)
    framed(request, row.round.programme)
    universities = queries.universities(row.round.programme)
    form = StudentForm(posted(request), request.FILES or None, universities, initial=student_initial(row))
    if request.method == "POST" and form.is_valid():
        with refusals_shown(request, _("Your application is saved.")) as shown:
            actions.edit(row, values=form.values, file=form.cleaned_data["file"], by=request.user)
        if not shown.refused:
            return redirect(row)
    context = {"form": form, "round": row.round, "programme": row.round.programme, "title": row.round.title}
    context |= {"submit": _("Save the application"), "refused": rules.edit(row, request.user)}
    context |= {"back": row.get_absolute_url(), "student": row}
    return render(request, "experts/placing/student_form.html", context, status=422 if form.errors else 200)


@require_POST
def act(request: HttpRequest, pk: UUID, act: str) -> HttpResponse:
    """Vouch, or not; withdraw."""
    row, _permissions = student_of(request, pk)
    if act not in WITH_WORDS and act != "withdraw":
        raise Http404
    with refusals_shown(request, _("Done: the page tells where the student stands.")):
        if act == "withdraw":
            actions.withdraw(row, by=request.user)
        else:
            WITH_WORDS[act](row, words=request.POST.get("words", "")[:1500], by=request.user)
    return redirect(row)


@require_safe
def curriculum(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """The curriculum, for those who may read the student."""
    row, _permissions = student_of(request, pk)
    if not row.file:
        raise Http404
    return files.serve(row)


@require_http_methods(["GET", "POST"])
def wishes(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Which offers the student would take, the dearest first."""
    row = get_object_or_404(taking_part.own(request.user), pk=pk)
    framed(request, row.round.programme)
    held = [one.offer_id for one in taking_part.wishes_of(row)]
    form = OrderForm(posted(request), taking_part.choices(row), held)
    if request.method == "POST" and form.is_valid():
        with refusals_shown(
            request, _("Your preferences are saved: you may change them until the date.")
        ) as shown:
            actions.wish(row, offers=form.order, by=request.user)
        if not shown.refused:
            return redirect("experts:placement_wishes", row.pk)
    trail = [*trail_of(row, True, False, False)[:1], (row.round.title, row.get_absolute_url())]
    trail.append((_("Preferences"), ""))
    refused = rules.wish(row, request.user)
    return order_page(request, "experts/placing/wishes.html", row, form, refused=refused, trail=trail)


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """Where the person takes part as a student, and where they are placed."""
    context = {
        "rows": [(one, STUDENT_TONES[one.state]) for one in taking_part.own(request.user)],
        "placements": [(one, PLACEMENT_TONES[one.state]) for one in placements.of_student(request.user)],
    }
    return render(request, "experts/placing/mine.html", context)


@require_safe
def tutored(request: HttpRequest) -> HttpResponse:
    """The students whom the person follows for their university, and their placements."""
    context = {
        "tutor_of": queries.tutored_by(request.user),
        "rows": [(one, STUDENT_TONES[one.state]) for one in taking_part.of_tutor(request.user)[:300]],
        "placements": [(one, PLACEMENT_TONES[one.state]) for one in placements.of_tutor(request.user)[:300]],
    }
    return render(request, "experts/placing/tutored.html", context)
