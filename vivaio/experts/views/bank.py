"""The bank for its staff and for teams; joining it; one expert's page; what is done to a profile."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from vivaio.experts import changes
from vivaio.experts import tables as lists
from vivaio.experts.actions import bank as actions
from vivaio.experts.engaging.queries import engagements
from vivaio.experts.engaging.tables import TONES as ENGAGEMENT_TONES
from vivaio.experts.engaging.tables import progress
from vivaio.experts.forms.profile import ProfileForm, WordsForm, initial_of
from vivaio.experts.models import ExpertProfile
from vivaio.experts.queries import bank as queries
from vivaio.experts.queries import matching
from vivaio.experts.rules import bank as rules
from vivaio.experts.rules import fields
from vivaio.experts.states import ADMITTED
from vivaio.kit import tables
from vivaio.kit.formats import in_language
from vivaio.kit.refusals import refusals_shown
from vivaio.programmes import queries as programmes
from vivaio.programmes.models import Programme

ENGAGED_SHOWN = 20
WITH_WORDS: dict[str, Any] = {
    "check": actions.check,
    "send-back": actions.send_back,
    "decline": actions.decline,
}
ON_CHANGES: dict[str, Any] = {"accept-changes": actions.accept_changes, "undo-changes": actions.undo_changes}
BY_ONESELF: dict[str, Any] = {"pause": actions.pause, "resume": actions.resume, "renew": actions.renew}


def staffed(request: HttpRequest, slug: str, permission: str = "experts.read") -> Programme:
    """The programme, if the person has this permission there."""
    row = get_object_or_404(programmes.programmes_where(request.user, permission), slug=slug)
    request.frame_programme = row  # type: ignore[attr-defined]
    return row


@require_safe
def bank(request: HttpRequest, programme: str) -> HttpResponseBase:
    """Everybody who applied, for those who look after the bank."""
    row = staffed(request, programme)
    competences = list(queries.competences(row))
    table = lists.BankTable(queries.profiles(row), request.GET, choices=lists.choices_of(competences))
    context = {
        "programme": row,
        "laid_out": bool(competences),
        "why_not": None if competences else rules.lay_out(row, request.user),
        "words_fields": fields.arrange(row, request.user) is None,
    }
    return tables.respond(request, table, "experts/bank.html", context)


@require_safe
def listed(request: HttpRequest, programme: str) -> HttpResponseBase:
    """The experts whom initiatives can draw on, for their teams."""
    row = get_object_or_404(queries.browsed_in(request.user), slug=programme)
    request.frame_programme = row  # type: ignore[attr-defined]
    choices = lists.choices_of(list(queries.competences(row)))
    table = lists.Experts(queries.listed(row), request.GET, choices=choices)
    return tables.respond(request, table, "experts/listed.html", {"programme": row})


@require_POST
def lay_out(request: HttpRequest, programme: str) -> HttpResponse:
    """Start with the six usual fields."""
    row = staffed(request, programme)
    with refusals_shown(request, _("The bank has its six fields: now invite experts.")):
        actions.lay_out(row, by=request.user)
    return redirect("experts:bank", row.slug)


@require_http_methods(["GET", "POST"])
def join(request: HttpRequest, programme: str) -> HttpResponse:
    """Apply to the bank by one's own choice."""
    row = get_object_or_404(programmes.visible_to(request.user), slug=programme)
    request.frame_programme = row  # type: ignore[attr-defined]
    form = ProfileForm(
        request.POST or None, row, list(queries.offered(row)), initial={"pro_bono": True, "remote": True}
    )
    if request.method == "POST" and form.is_valid():
        done = _("Your profile is with the programme: a letter tells you when it is checked.")
        with refusals_shown(request, done) as shown:
            made = actions.join(row, values=form.values, by=request.user)
        if not shown.refused:
            return redirect(made)
    context = {
        "form": form,
        "programme": row,
        "title": _("Offer your competence"),
        "submit": _("Send the profile"),
    }
    context |= {"refused": rules.join(row, request.user), "back": reverse("desk:programme", args=[row.slug])}
    return render(request, "experts/profile_form.html", context)


@require_safe
def profile(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One expert, and what may be done: by themselves, by the staff."""
    row: ExpertProfile = get_object_or_404(queries.visible_to(request.user), pk=pk)
    request.frame_programme = row.programme  # type: ignore[attr-defined]
    permissions = programmes.permissions_of(request.user, row.programme)
    request.frame_permissions = permissions  # type: ignore[attr-defined]
    own = row.person_id == request.user.pk
    context = {
        "profile": row,
        "programme": row.programme,
        "tone": lists.TONES[row.state],
        "headline": in_language(row.headline, row.written_in),
        "competences": queries.competences_of(row),
        "own": own,
        "changed": changes.in_words(row) if own or "experts.read" in permissions else [],
        "checks": not own and "experts.match" in permissions,
        "admitted": row.state in ADMITTED,
        "shows_words": row.words and (own or "experts.read" in permissions),
        "form": WordsForm(),
        "looking": WordsForm(auto_id="changes_%s"),
        "renewable": own and rules.renew(row, request.user) is None,
        "trail": trail_of(row, own, "experts.read" in permissions),
    }
    return render(request, "experts/profile.html", context)


def trail_of(row: ExpertProfile, own: bool, staff: bool) -> list[tuple[str, str]]:
    """The way back: one's own page, the bank, or the experts."""
    if own:
        return [(_("My help as an expert"), reverse("experts:mine")), (str(row.person), "")]
    name = "experts:bank" if staff else "experts:listed"
    return [(_("Competence bank"), reverse(name, args=[row.programme.slug])), (str(row.person), "")]


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The expert changes what they say of themselves."""
    row = get_object_or_404(queries.own(request.user), pk=pk)
    request.frame_programme = row.programme  # type: ignore[attr-defined]
    held = list(queries.competences_of(row))
    offered = list(queries.offered(row.programme, *(one.competence_id for one in held)))
    form = ProfileForm(request.POST or None, row.programme, offered, initial=initial_of(row, held))
    if request.method == "POST" and form.is_valid():
        with refusals_shown(request, _("Your profile is saved.")) as shown:
            actions.edit(row, values=form.values, by=request.user)
        if not shown.refused:
            return redirect(row)
    context = {"form": form, "programme": row.programme, "title": _("Your profile as an expert")}
    context |= {"submit": _("Save the profile"), "refused": rules.edit(row, request.user)}
    return render(request, "experts/profile_form.html", context | {"back": row.get_absolute_url()})


@require_POST
def act(request: HttpRequest, pk: UUID, act: str) -> HttpResponse:
    """Check, send back, not admit; look at what was changed; pause, resume, renew."""
    row = get_object_or_404(queries.visible_to(request.user), pk=pk)
    words, seen = request.POST.get("words", "")[:1500], request.POST.get("seen", "")[:64]
    if act not in WITH_WORDS | ON_CHANGES | BY_ONESELF:
        raise Http404
    with refusals_shown(request, _("Done: the page tells where the profile stands.")):
        if act in WITH_WORDS:
            WITH_WORDS[act](row, words=words, by=request.user)
        elif act in ON_CHANGES:
            ON_CHANGES[act](row, words=words, seen=seen, by=request.user)
        else:
            BY_ONESELF[act](row, by=request.user)
    return redirect(row)


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """What is proposed to the person, and their own profiles."""
    rows = [(row, lists.TONES[row.state]) for row in queries.own(request.user)]
    proposals = [(one, lists.PROPOSAL_TONES[one.state]) for one in matching.for_expert(request.user)[:100]]
    engaged = [
        (one, ENGAGEMENT_TONES[one.state], progress(one))
        for one in engagements.of_expert(request.user)[:ENGAGED_SHOWN]
    ]
    context = {"rows": rows, "proposals": proposals, "engagements": engaged}
    return render(request, "experts/mine.html", context)
