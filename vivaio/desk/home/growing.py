"""What awaits people about initiatives and experts: counted with the programmes for the staff, one query for a team,
read with the person's parts for an expert."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q, Subquery
from django.db.models.functions import JSONObject
from django.urls import reverse
from django.utils.translation import gettext, ngettext_lazy
from django.utils.translation import gettext_lazy as _

from vivaio.desk.home import helping, money, needs, placing
from vivaio.desk.home.items import Item
from vivaio.desk.home.staff import Rights
from vivaio.experts.engaging.queries import engagements
from vivaio.experts.models import Engagement, ExpertProfile, ExpertRequest, Proposal
from vivaio.experts.queries import cover, matching
from vivaio.experts.queries import requests as requests_of
from vivaio.experts.states import ADMITTED, ProfileState, ProposalState, RequestState
from vivaio.initiatives.contacting import queries as contacts
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


@dataclass(frozen=True)
class Waiting:
    """What is said of a row that counts such things (`count`), and the page, of what the row has as `at`, to go to."""

    count: str
    title: Any
    text: Any
    action: Any
    page: str
    at: str
    query: Mapping[str, str] | None = None
    fragment: str | None = None


TO_FOLLOW = (
    Waiting(
        "proofs_waiting",
        ngettext_lazy("Check %(n)d legal entity", "Check %(n)d legal entities", "n"),
        _("A group has become an organisation and sent the proof: money waits for it."),
        _("Read the proof"),
        "initiatives:legal",
        "proof_first",
    ),
    Waiting(
        "stories_waiting",
        ngettext_lazy(
            "Approve the public page of %(n)d initiative",
            "Approve the public pages of %(n)d initiatives",
            "n",
        ),
        _("Nobody reads what a team has written until you let it through."),
        _("Read the page"),
        "initiatives:story_write",
        "story_first",
    ),
    Waiting(
        "entries_waiting",
        ngettext_lazy("Let %(n)d diary entry through", "Let %(n)d diary entries through", "n"),
        _("They are for everybody: can anybody who benefits be recognised?"),
        _("Open the diaries"),
        "initiatives:diaries",
        "slug",
    ),
)
TO_MATCH = (
    Waiting(
        "profiles_waiting",
        ngettext_lazy("Check %(n)d expert", "Check %(n)d experts", "n"),
        _("They offer their competence: initiatives find them once you have read their profile."),
        _("Open the bank"),
        "experts:bank",
        "slug",
        {"state": ProfileState.APPLIED},
    ),
    Waiting(
        "profiles_changed",
        ngettext_lazy(
            "Look at what %(n)d expert has changed", "Look at what %(n)d experts have changed", "n"
        ),
        _("Competences, levels or rate are no longer as you checked them."),
        _("See which"),
        "experts:bank",
        "slug",
        {"changed": "yes"},
    ),
    Waiting(
        "profiles_expired",
        ngettext_lazy("%(n)d expert has not renewed", "%(n)d experts have not renewed", "n"),
        _(
            "Their year is over and initiatives no longer find them: write to whom you miss, take out of the bank "
            "whoever does not come back."
        ),
        _("See which"),
        "experts:bank",
        "slug",
        {"state": ProfileState.EXPIRED},
    ),
    Waiting(
        "requests_waiting",
        ngettext_lazy("Open %(n)d request for an expert", "Open %(n)d requests for experts", "n"),
        _("Read what the team asks for, make it clear, then look who can help."),
        _("Open the requests"),
        "experts:requests",
        "slug",
        {"state": RequestState.ASKED},
    ),
    Waiting(
        "requests_late",
        ngettext_lazy(
            "Set a new day for %(n)d request of experts", "Set a new day for %(n)d requests of experts", "n"
        ),
        _(
            "The day by which it was needed has passed: nobody is proposed until it has a new one, or is closed."
        ),
        _("See which"),
        "experts:requests",
        "slug",
        {"late": "yes"},
    ),
    Waiting(
        "nobody_for",
        ngettext_lazy(
            "For %(n)d field of competence that teams lack there is nobody in the bank",
            "For %(n)d fields of competence that teams lack there is nobody in the bank",
            "n",
        ),
        _("The needs analysis says which and for how many hours: invite experts in time."),
        _("See what is missing"),
        "initiatives:needs_programme",
        "slug",
    ),
    Waiting(
        "proposals_ready",
        ngettext_lazy(
            "Propose %(n)d expert who is the next best", "Propose %(n)d experts who are the next best", "n"
        ),
        _("Somebody declined, or has not answered in time: the next one stands ready."),
        _("Look and send"),
        "experts:matching",
        "slug",
        fragment="waiting",
    ),
    Waiting(
        "requests_alone",
        ngettext_lazy(
            "%(n)d request of experts has nobody left to be asked",
            "%(n)d requests of experts have nobody left to be asked",
            "n",
        ),
        _(
            "Whoever was asked has declined, has not answered or is no longer there, and nobody stands ready: look who "
            "else fits, invite experts, or close the request."
        ),
        _("See which"),
        "experts:requests",
        "slug",
        {"alone": "yes"},
    ),
    Waiting(
        "engagements_stuck",
        ngettext_lazy("%(n)d engagement does not move", "%(n)d engagements do not move", "n"),
        _("Nobody agrees, hours wait to be confirmed, or nobody has met for a month."),
        _("See which"),
        "experts:engagements",
        "slug",
        {"stuck": "yes"},
    ),
)
OF_TEAM = (
    Waiting(
        "page_came_back",
        _("Change the public page of “%(initiative)s”"),
        _("The programme asks for changes: its words stand on the page."),
        _("Open the page"),
        "initiatives:story_write",
        "pk",
    ),
    Waiting(
        "proof_came_back",
        _("Send the proof of the legal entity again"),
        _("The programme says what is missing; until it is accepted no money moves."),
        _("Read why"),
        "initiatives:legal",
        "pk",
    ),
    Waiting(
        "entries_to_change",
        ngettext_lazy("Change %(n)d diary entry", "Change %(n)d diary entries", "n"),
        _("The programme asks for it before everybody reads it."),
        _("Open the diary"),
        "initiatives:diary",
        "pk",
    ),
    Waiting(
        "interests",
        ngettext_lazy(
            "Answer %(n)d person who takes an interest", "Answer %(n)d people who take an interest", "n"
        ),
        _("They heard you at a contest. Addresses are told only if you accept."),
        _("Read and answer"),
        "initiatives:contests",
        "pk",
    ),
    Waiting(
        "contacts_due",
        ngettext_lazy("Go on with %(n)d contact", "Go on with %(n)d contacts", "n"),
        _("The next step is due or late: write down what happened, or set a new day."),
        _("Open the contacts"),
        "initiatives:contacts",
        "pk",
        {"due": "yes"},
    ),
    Waiting(
        "request_late",
        _("A request of experts is past its day"),
        _("Tell the programme a new day if you still need it, or take it back."),
        _("Open the request"),
        "experts:request",
        "request_late",
    ),
    Waiting(
        "late",
        ngettext_lazy("%(n)d milestone is late", "%(n)d milestones are late", "n"),
        _("Say that it is reached, or move its date with the reason."),
        _("Open the plan"),
        "initiatives:plan",
        "pk",
    ),
)


def annotations() -> dict[str, Any]:
    """For a statement that reads programmes: what waits in each for those who follow initiatives and match experts."""
    proofs = LegalProof.objects.filter(initiative__programme=OuterRef("pk"), state=ProofState.WAITING)
    proofs = proofs.exclude(initiative__state=InitiativeState.CLOSED)
    stories = Story.objects.filter(initiative__programme=OuterRef("pk"), state=StoryState.ASKED)
    profiles = ExpertProfile.objects.filter(programme=OuterRef("pk"), state=ProfileState.APPLIED)
    changed = ExpertProfile.objects.filter(programme=OuterRef("pk"), state__in=ADMITTED).exclude(
        changed_at=None
    )
    expired = ExpertProfile.objects.filter(programme=OuterRef("pk"), state=ProfileState.EXPIRED)
    requests = ExpertRequest.objects.filter(initiative__programme=OuterRef("pk"), state=RequestState.ASKED)
    late = requests_of.past_day(ExpertRequest.objects.filter(initiative__programme=OuterRef("pk")))
    alone = requests_of.nobody_left(ExpertRequest.objects.filter(initiative__programme=OuterRef("pk")))
    ready = matching.ready_alone(Proposal.objects.filter(profile__programme=OuterRef("pk")))
    entries = DiaryEntry.objects.filter(initiative__programme=OuterRef("pk"), state=DiaryState.WAITING)
    return {
        "proofs_waiting": counted(proofs),
        "proof_first": Subquery(proofs.order_by("created_at").values("initiative")[:1]),
        "stories_waiting": counted(stories),
        "story_first": Subquery(stories.order_by("asked_at").values("initiative")[:1]),
        "entries_waiting": counted(entries),
        "profiles_waiting": counted(profiles),
        "profiles_changed": counted(changed),
        "profiles_expired": counted(expired),
        "requests_waiting": counted(requests),
        "requests_late": counted(late),
        "nobody_for": cover.nobody_for(),
        "proposals_ready": counted(ready),
        "requests_alone": counted(alone),
        "engagements_stuck": counted(engagements.stuck(Engagement.objects.filter(programme=OuterRef("pk")))),
    }


def items(programmes: list[Any], rights: Rights) -> Iterator[Item]:
    """Proofs, public pages and diaries to read; experts to check; requests to refine; the next best to propose."""
    for programme in programmes:
        if rights.may("initiatives.follow", programme.pk):
            yield from _said(TO_FOLLOW, programme)
        if rights.may("experts.match", programme.pk):
            yield from _said(TO_MATCH, programme)


def _said(lines: Iterable[Waiting], row: Any) -> Iterator[Item]:
    """Of these the lines whose count is not nothing."""
    for line in lines:
        if n := getattr(row, line.count):
            yield Item(
                title=str(line.title % {"n": n, "initiative": row}),
                text=str(line.text),
                action=str(line.action),
                href=reverse(
                    line.page, args=[getattr(row, line.at)], query=line.query, fragment=line.fragment
                ),
                context=str(row),
            )


def items_of_team(person: Person) -> Iterator[Item]:
    """What came back to the person's teams, needs and claims, who takes an interest, what is late; one query."""
    own = {"initiative": OuterRef("pk")}
    late = Milestone.objects.filter(**own, state__in=MILESTONE_OPEN, due_on__lt=clock.today())
    asked = requests_of.past_day(ExpertRequest.objects.filter(**own)).order_by("needed_by")
    proof = LegalProof.objects.filter(**own).order_by("-created_at")
    rows = initiatives.of_person(person).annotate(
        page_came_back=counted(Story.objects.filter(**own, state=StoryState.SENT_BACK)),
        proof_came_back=Subquery(proof.values(back=Q(state=ProofState.SENT_BACK))[:1]),
        entries_to_change=counted(diaries.to_change_by(person).filter(**own)),
        interests=counted(
            Interest.objects.filter(entry__initiative=OuterRef("pk"), state=InterestState.MARKED)
        ),
        contacts_due=counted(contacts.to_follow(person).filter(**own)),
        late=counted(late),
        request_late=Subquery(asked.values("pk")[:1]),
        claims_to_correct=money.to_correct(),
        needs_to_answer=needs.of_team(),
        **helping.of_team(person),
        **placing.of_teams(person),
    )
    for row in rows:
        yield from money.items_of_team(row)
        yield from needs.items_of_team(row)
        yield from _said(OF_TEAM, row)
        yield from helping.items_of_initiative(row)
        yield from placing.items_of_initiative(row)


def of_expert(person: Person) -> ArraySubquery:
    """For a statement that reads something else: the proposals, of any programme, that wait for the person's answer."""
    rows = Proposal.objects.filter(
        profile__person=person, state=ProposalState.SENT, answer_by__gte=clock.today()
    ).order_by("answer_by", "sent_at")
    told = JSONObject(
        pk="pk", initiative="request__initiative__title", request="request__title", answer_by="answer_by"
    )
    return ArraySubquery(rows.values(told=told))


def items_of_expert(proposals: Iterable[dict[str, str]]) -> Iterator[Item]:
    """Proposals that wait for the person's answer."""
    for proposal in proposals:
        yield Item(
            title=gettext("Can you help “%(initiative)s”?") % {"initiative": proposal["initiative"]},
            text=proposal["request"],
            action=gettext("Read and answer"),
            href=reverse("experts:proposal", args=[proposal["pk"]]),
            context=str(gettext("My help as an expert")),
            due=clock.end_of(dt.date.fromisoformat(proposal["answer_by"])),
        )
