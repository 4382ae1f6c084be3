"""What awaits people about initiatives and experts: counted with the programmes for the staff, one query for a team,
read with the person's parts for an expert."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Subquery
from django.db.models.functions import JSONObject
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vivaio.desk.home import helping, money, needs, placing
from vivaio.desk.home.items import Item
from vivaio.desk.home.staff import Rights
from vivaio.experts.engaging.queries import engagements
from vivaio.experts.models import Engagement, ExpertProfile, ExpertRequest, Proposal
from vivaio.experts.queries import requests as requests_of
from vivaio.experts.states import ADMITTED, ProfileState, ProposalState, RequestState
from vivaio.initiatives.diary import queries as diaries
from vivaio.initiatives.models import DiaryEntry, Interest, LegalProof, Milestone, Story
from vivaio.initiatives.queries import initiatives
from vivaio.initiatives.states import (
    MILESTONE_OPEN,
    DiaryState,
    InitiativeState,
    InterestState,
    ProofState,
    StoryState,
)
from vivaio.kit import clock
from vivaio.kit.counting import counted
from vivaio.people.models import Person


def annotations() -> dict[str, Any]:
    """For a statement that reads programmes: what waits in each for those who follow initiatives and match experts."""
    proofs = LegalProof.objects.filter(initiative__programme=OuterRef("pk"), state=ProofState.WAITING)
    proofs = proofs.exclude(initiative__state=InitiativeState.CLOSED)
    stories = Story.objects.filter(initiative__programme=OuterRef("pk"), state=StoryState.ASKED)
    profiles = ExpertProfile.objects.filter(programme=OuterRef("pk"), state=ProfileState.APPLIED)
    changed = ExpertProfile.objects.filter(programme=OuterRef("pk"), state__in=ADMITTED).exclude(
        changed_at=None
    )
    requests = ExpertRequest.objects.filter(initiative__programme=OuterRef("pk"), state=RequestState.ASKED)
    late = requests_of.past_day(ExpertRequest.objects.filter(initiative__programme=OuterRef("pk")))
    ready = Proposal.objects.filter(
        request__initiative__programme=OuterRef("pk"), state=ProposalState.READY, round=None
    )
    entries = DiaryEntry.objects.filter(initiative__programme=OuterRef("pk"), state=DiaryState.WAITING)
    return {
        "proofs_waiting": counted(proofs),
        "proof_first": Subquery(proofs.order_by("created_at").values("initiative")[:1]),
        "stories_waiting": counted(stories),
        "story_first": Subquery(stories.order_by("asked_at").values("initiative")[:1]),
        "entries_waiting": counted(entries),
        "profiles_waiting": counted(profiles),
        "profiles_changed": counted(changed),
        "requests_waiting": counted(requests),
        "requests_late": counted(late),
        "proposals_ready": counted(ready),
        "engagements_stuck": counted(engagements.stuck(Engagement.objects.filter(programme=OuterRef("pk")))),
    }


def items(programmes: list[Any], rights: Rights) -> Iterator[Item]:
    """Proofs, public pages and diaries to read; experts to check; requests to refine; the next best to propose."""
    for programme in programmes:
        if rights.may("initiatives.follow", programme.pk):
            yield from _to_follow(programme)
        if rights.may("experts.match", programme.pk):
            yield from _to_match(programme)


def _to_follow(programme: Any) -> Iterator[Item]:
    of: dict[str, Any] = {"context": str(programme)}
    if n := programme.proofs_waiting:
        yield Item(
            title=ngettext("Check %(n)d legal entity", "Check %(n)d legal entities", n) % {"n": n},
            text=_("A group has become an organisation and sent the proof: money waits for it."),
            action=_("Read the proof"),
            href=reverse("initiatives:legal", args=[programme.proof_first]),
            **of,
        )
    if n := programme.stories_waiting:
        yield Item(
            title=ngettext(
                "Approve the public page of %(n)d initiative",
                "Approve the public pages of %(n)d initiatives",
                n,
            )
            % {"n": n},
            text=_("Nobody reads what a team has written until you let it through."),
            action=_("Read the page"),
            href=reverse("initiatives:story_write", args=[programme.story_first]),
            **of,
        )
    if n := programme.entries_waiting:
        yield Item(
            title=ngettext("Let %(n)d diary entry through", "Let %(n)d diary entries through", n) % {"n": n},
            text=_("They are for everybody: can anybody who benefits be recognised?"),
            action=_("Open the diaries"),
            href=reverse("initiatives:diaries", args=[programme.slug]),
            **of,
        )


def _to_match(programme: Any) -> Iterator[Item]:
    of: dict[str, Any] = {"context": str(programme)}
    if n := programme.profiles_waiting:
        yield Item(
            title=ngettext("Check %(n)d expert", "Check %(n)d experts", n) % {"n": n},
            text=_("They offer their competence: initiatives find them once you have read their profile."),
            action=_("Open the bank"),
            href=f"{reverse('experts:bank', args=[programme.slug])}?state={ProfileState.APPLIED}",
            **of,
        )
    if n := programme.profiles_changed:
        yield Item(
            title=ngettext(
                "Look at what %(n)d expert has changed", "Look at what %(n)d experts have changed", n
            )
            % {"n": n},
            text=_("Competences, levels or rate are no longer as you checked them."),
            action=_("See which"),
            href=f"{reverse('experts:bank', args=[programme.slug])}?changed=yes",
            **of,
        )
    if n := programme.requests_waiting:
        yield Item(
            title=ngettext("Open %(n)d request for an expert", "Open %(n)d requests for experts", n)
            % {"n": n},
            text=_("Read what the team asks for, make it clear, then look who can help."),
            action=_("Open the requests"),
            href=f"{reverse('experts:requests', args=[programme.slug])}?state={RequestState.ASKED}",
            **of,
        )
    if n := programme.requests_late:
        yield Item(
            title=ngettext(
                "Set a new day for %(n)d request of experts", "Set a new day for %(n)d requests of experts", n
            )
            % {"n": n},
            text=_(
                "The day by which it was needed has passed: nobody is proposed until it has a new one, or is closed."
            ),
            action=_("See which"),
            href=f"{reverse('experts:requests', args=[programme.slug])}?late=yes",
            **of,
        )
    if n := programme.proposals_ready:
        yield Item(
            title=ngettext(
                "Propose %(n)d expert who is the next best", "Propose %(n)d experts who are the next best", n
            )
            % {"n": n},
            text=_("Somebody declined: the next one stands ready."),
            action=_("Open the requests"),
            href=reverse("experts:matching", args=[programme.slug]),
            **of,
        )

    if n := programme.engagements_stuck:
        yield Item(
            title=ngettext("%(n)d engagement does not move", "%(n)d engagements do not move", n) % {"n": n},
            text=_("Nobody agrees, hours wait to be confirmed, or nobody has met for a month."),
            action=_("See which"),
            href=f"{reverse('experts:engagements', args=[programme.slug])}?stuck=yes",
            **of,
        )


def items_of_team(person: Person) -> Iterator[Item]:
    """What came back to the person's teams, needs and claims, who takes an interest, what is late; one query."""
    own = {"initiative": OuterRef("pk")}
    late = Milestone.objects.filter(**own, state__in=MILESTONE_OPEN, due_on__lt=clock.today())
    asked = requests_of.past_day(ExpertRequest.objects.filter(**own)).order_by("needed_by")
    last_proof = LegalProof.objects.filter(**own).order_by("-created_at")
    rows = initiatives.of_person(person).annotate(
        page_came_back=counted(Story.objects.filter(**own, state=StoryState.SENT_BACK)),
        last_proof=Subquery(last_proof.values("state")[:1]),
        entries_to_change=counted(diaries.to_change_by(person).filter(**own)),
        interests=counted(
            Interest.objects.filter(entry__initiative=OuterRef("pk"), state=InterestState.MARKED)
        ),
        late=counted(late),
        request_late=Subquery(asked.values("pk")[:1]),
        claims_to_correct=money.to_correct(),
        needs_to_answer=needs.of_team(),
        **helping.of_team(person),
        **placing.of_teams(),
    )
    for row in rows:
        yield from money.items_of_team(row)
        yield from needs.items_of_team(row)
        yield from _of_initiative(row)
        yield from helping.items_of_initiative(row)
        yield from placing.items_of_initiative(row)


def _of_initiative(row: Any) -> Iterator[Item]:
    of: dict[str, Any] = {"context": str(row)}
    if row.page_came_back:
        yield Item(
            title=_("Change the public page of “%(initiative)s”") % {"initiative": row},
            text=_("The programme asks for changes: its words stand on the page."),
            action=_("Open the page"),
            href=reverse("initiatives:story_write", args=[row.pk]),
            **of,
        )
    if row.last_proof == ProofState.SENT_BACK:
        yield Item(
            title=_("Send the proof of the legal entity again"),
            text=_("The programme says what is missing; until it is accepted no money moves."),
            action=_("Read why"),
            href=reverse("initiatives:legal", args=[row.pk]),
            **of,
        )
    if row.entries_to_change:
        n = row.entries_to_change
        yield Item(
            title=ngettext("Change %(n)d diary entry", "Change %(n)d diary entries", n) % {"n": n},
            text=_("The programme asks for it before everybody reads it."),
            action=_("Open the diary"),
            href=reverse("initiatives:diary", args=[row.pk]),
            **of,
        )
    if row.interests:
        n = row.interests
        yield Item(
            title=ngettext(
                "Answer %(n)d person who takes an interest", "Answer %(n)d people who take an interest", n
            )
            % {"n": n},
            text=_("They heard you at a contest. Addresses are told only if you accept."),
            action=_("Read and answer"),
            href=reverse("initiatives:contests", args=[row.pk]),
            **of,
        )
    if row.request_late:
        yield Item(
            title=_("A request of experts is past its day"),
            text=_("Tell the programme a new day if you still need it, or take it back."),
            action=_("Open the request"),
            href=reverse("experts:request", args=[row.request_late]),
            **of,
        )
    if row.late:
        n = row.late
        yield Item(
            title=ngettext("%(n)d milestone is late", "%(n)d milestones are late", n) % {"n": n},
            text=_("Say that it is reached, or move its date with the reason."),
            action=_("Open the plan"),
            href=reverse("initiatives:plan", args=[row.pk]),
            **of,
        )


def of_expert(person: Person) -> ArraySubquery:
    """For a statement that reads something else: the proposals, of any programme, that wait for the person's answer."""
    rows = Proposal.objects.filter(profile__person=person, state=ProposalState.SENT).order_by("sent_at")
    told = JSONObject(pk="pk", initiative="request__initiative__title", request="request__title")
    return ArraySubquery(rows.values(told=told))


def items_of_expert(proposals: Iterable[dict[str, str]]) -> Iterator[Item]:
    """Proposals that wait for the person's answer."""
    for proposal in proposals:
        yield Item(
            title=_("Can you help “%(initiative)s”?") % {"initiative": proposal["initiative"]},
            text=proposal["request"],
            action=_("Read and answer"),
            href=reverse("experts:proposal", args=[proposal["pk"]]),
            context=str(_("My help as an expert")),
        )
