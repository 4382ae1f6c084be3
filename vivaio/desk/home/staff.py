"""What awaits those who run a programme, told by counts over all their programmes at once."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, Min, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vivaio.applications.checking import queries as checking
from vivaio.applications.models import Application, Proposal
from vivaio.applications.states import ApplicationState, ProposalState
from vivaio.calls.models import Call, CallQuestion
from vivaio.calls.staging.queries import name_of
from vivaio.calls.states import CallState, QuestionState, Window
from vivaio.desk.home.items import Item
from vivaio.jury.models import Panel, Ranking
from vivaio.jury.states import AssignmentState, JurorState, Outcome, PanelState, RankingState
from vivaio.kit.counting import counted
from vivaio.mailroom.letters import title_of
from vivaio.mailroom.models import OutgoingLetter
from vivaio.mailroom.states import State
from vivaio.people.models import Person
from vivaio.programmes.models import Programme


@dataclass(frozen=True)
class Rights:
    """The programmes in which the person may do what, by permission."""

    by_permission: dict[str, set[UUID]]

    def may(self, permission: str, programme: UUID) -> bool:
        return programme in self.by_permission.get(permission, set())

    def of(self, programme: UUID) -> set[str]:
        """Everything the person may do in one programme."""
        return {permission for permission, where in self.by_permission.items() if programme in where}

    def all(self, permission: str) -> set[UUID]:
        return self.by_permission.get(permission, set())


def items(programmes: list[Programme], rights: Rights, person: Person) -> Iterator[Item]:
    """Eligibility to decide, juries to form, verdicts to adopt, letters to read and release."""
    calls = published_calls(programmes, person)
    panels = standing_of_juries(calls)
    rankings = list(
        Ranking.objects.filter(call__in=calls).select_related("track").order_by("track__position")
    )
    for call in calls:
        yield from for_call(
            call, panels.get(call.pk), [one for one in rankings if one.call_id == call.pk], rights
        )
    yield from letters(programmes, rights)


def published_calls(programmes: list[Programme], person: Person) -> list[Call]:
    """The calls with what waits in each of them counted, as far as it waits for this person."""
    applications = Application.objects.filter(call=OuterRef("pk"))
    proposals = Proposal.objects.filter(application__call=OuterRef("pk"), state=ProposalState.WAITING)
    selected = applications.filter(ranking_entry__outcome=Outcome.SELECTED)
    sent_back = checking.narrowed(checking.standing(applications, person), checking.SENT_BACK)
    return list(
        Call.objects.filter(programme__in=programmes, state=CallState.PUBLISHED)
        .select_related("programme", "next_stage__programme")
        .annotate(
            waiting=counted(applications.filter(state=ApplicationState.SUBMITTED)),
            eligible=counted(applications.filter(state=ApplicationState.ADMITTED)),
            to_go=counted(selected),
            gone_on=counted(selected.filter(continued_by__isnull=False)),
            unanswered=counted(CallQuestion.objects.filter(call=OuterRef("pk"), state=QuestionState.ASKED)),
            to_confirm=counted(proposals.exclude(proposed_by=person)),
            proposed=counted(proposals),
            sent_back=counted(sent_back),
        )
    )


def standing_of_juries(calls: Any) -> dict[UUID, Panel]:
    """Each call's jury with its seats and its sheets counted."""
    left = (AssignmentState.TO_SCORE, AssignmentState.STARTED)
    given = (*left, AssignmentState.DONE)
    panels = (
        Panel.objects.filter(call__in=calls)
        .select_related("call__programme")
        .annotate(
            seated=Count("jurors", filter=Q(jurors__state=JurorState.ACCEPTED), distinct=True),
            sheets=Count(
                "jurors__assignments", filter=Q(jurors__assignments__state__in=given), distinct=True
            ),
            left=Count("jurors__assignments", filter=Q(jurors__assignments__state__in=left), distinct=True),
        )
    )
    return {panel.call_id: panel for panel in panels}


def for_call(call: Call, panel: Any, rankings: list[Ranking], rights: Rights) -> Iterator[Item]:
    """The next step of one call, for those who may take it."""
    address = {"programme": call.programme.slug, "slug": call.slug}
    jury = {"programme": call.programme.slug, "call": call.slug}
    common: dict[str, Any] = {"context": f"{call.programme} · {call}", "zone": call.time_zone}
    left = call.waiting - call.proposed
    if left > 0 and call.window == Window.SHUT and rights.may("applications.decide", call.programme_id):
        yield Item(
            title=ngettext(
                "Decide on the eligibility of %(n)d application",
                "Decide on the eligibility of %(n)d applications",
                left,
            )
            % {"n": left},
            text=_("The conditions that can be computed are computed; the others wait for you."),
            action=_("Look at them"),
            href=reverse("applications:received", kwargs=address),
            due=call.scoring_opens_at,
            **common,
        )
    if call.window == Window.SHUT and rights.may("applications.decide", call.programme_id):
        yield from for_two(call, address, common)
    if call.unanswered and rights.may("calls.edit", call.programme_id):
        yield Item(
            title=ngettext(
                "Answer %(n)d question on the call", "Answer %(n)d questions on the call", call.unanswered
            )
            % {"n": call.unanswered},
            text=_("What you publish, everybody reads: applicants write with it in mind."),
            action=_("Open the questions"),
            href=reverse("calls:question_queue", kwargs=address),
            due=None if call.window == Window.SHUT else call.closes_at,
            **common,
        )
    if rights.may("jury.edit", call.programme_id):
        yield from for_jury(call, panel, jury, common)
    yield from for_stages(call, rankings, jury, rights, common)
    if rights.may("verdict.adopt", call.programme_id) and panel and panel.state == PanelState.CLOSED:
        yield from for_verdict(rankings, jury, common)


def for_stages(
    call: Call, rankings: list[Ranking], jury: dict[str, str], rights: Rights, common: dict[str, Any]
) -> Iterator[Item]:
    """A later stage to write and publish before it opens; applications that may go on to it."""
    following = call.leads_on
    if following is None:
        return
    words = {"stage": name_of(following)}
    if following.state == CallState.DRAFT and rights.may("calls.edit", call.programme_id):
        yield Item(
            title=_("Complete and publish the stage “%(stage)s”") % words,
            text=_("Its form and its criteria can be written until it opens."),
            action=_("Open the stage"),
            href=reverse("calls:manage", args=[following.programme.slug, following.slug]),
            due=following.opens_at,
            **common,
        )
    over = rankings and all(one.state in (RankingState.PUBLISHED, RankingState.EXPIRED) for one in rankings)
    waiting = call.to_go - call.gone_on  # type: ignore[attr-defined]  # annotated
    if over and waiting > 0 and rights.may("ranking.publish", call.programme_id):
        yield Item(
            title=ngettext(
                "Let %(n)d application go on to “%(stage)s”",
                "Let %(n)d applications go on to “%(stage)s”",
                waiting,
            )
            % {**words, "n": waiting},
            text=_("Each finds a draft there, with the answers that are asked again, and gets a letter."),
            action=_("See who goes on"),
            href=reverse("jury:go_on", kwargs=jury),
            due=following.closes_at,
            **common,
        )


def for_two(call: Call, address: dict[str, str], common: dict[str, Any]) -> Iterator[Item]:
    """Decisions that others proposed, and those that came back."""
    received = reverse("applications:received", kwargs=address)
    common = {**common, "action": _("Look at them"), "due": call.scoring_opens_at}
    if call.to_confirm:
        words = ngettext(
            "Confirm %(n)d decision on eligibility",
            "Confirm %(n)d decisions on eligibility",
            call.to_confirm,
        )
        yield Item(
            title=words % {"n": call.to_confirm},
            text=_("Somebody proposed them: the call wants two people, and you may be the second."),
            href=f"{received}?queue={checking.TO_CONFIRM}",
            **common,
        )
    if call.sent_back:
        words = ngettext(
            "%(n)d decision on eligibility was sent back",
            "%(n)d decisions on eligibility were sent back",
            call.sent_back,
        )
        yield Item(
            title=words % {"n": call.sent_back},
            text=_("Read why, look again, then propose a decision anew."),
            href=f"{received}?queue={checking.SENT_BACK}",
            **common,
        )


def for_jury(call: Call, panel: Any, jury: dict[str, str], common: dict[str, Any]) -> Iterator[Item]:
    """A jury to form, applications to give out, jurors who are behind."""
    if panel is None and (call.collects or (call.window != Window.SHUT and call.scoring_opens_at)):
        return
    if panel is None or (panel.state == PanelState.FORMING and not panel.seated):
        yield Item(
            title=_("Form the jury"),
            text=_("Jurors are invited by e-mail; each declares their conflicts of interest."),
            action=_("Invite jurors"),
            href=reverse("jury:panel", kwargs=jury),
            due=call.scoring_opens_at,
            **common,
        )
    elif panel.state == PanelState.FORMING and call.eligible:
        yield Item(
            title=_("Give the applications out to the jury"),
            text=ngettext("%(n)d juror has accepted.", "%(n)d jurors have accepted.", panel.seated)
            % {"n": panel.seated},
            action=_("Prepare the assignment"),
            href=reverse("jury:assignment", kwargs=jury),
            due=panel.opens_at,
            **common,
        )
    elif panel.state == PanelState.SCORING and panel.left:
        yield Item(
            title=_("Follow the jury: %(done)s score sheets of %(all)s are complete")
            % {"done": panel.sheets - panel.left, "all": panel.sheets},
            text=_("Whoever is behind can be reminded."),
            action=_("See the progress"),
            href=reverse("jury:progress", kwargs=jury),
            due=panel.closes_at,
            **common,
        )


def for_verdict(rankings: list[Ranking], jury: dict[str, str], common: dict[str, Any]) -> Iterator[Item]:
    """A ranking to compute, to adopt, to publish."""
    href = reverse("jury:ranking", kwargs=jury)
    states = {ranking.state for ranking in rankings}
    if not rankings:
        yield Item(
            title=_("Compute the ranking"),
            text=_("Scoring has closed."),
            action=_("Open the ranking"),
            href=href,
            **common,
        )
    elif RankingState.PROVISIONAL in states:
        tracks = ", ".join(str(one.track) for one in rankings if one.state == RankingState.PROVISIONAL)
        yield Item(
            title=_("Adopt the verdict"),
            text=_("Tracks without a verdict: %(tracks)s.") % {"tracks": tracks},
            action=_("Open the ranking"),
            href=href,
            **common,
        )
    elif RankingState.ADOPTED in states:
        yield Item(
            title=_("Publish the ranking"),
            text=_("The verdicts are adopted. Letters are prepared when it is published."),
            action=_("Open the ranking"),
            href=href,
            **common,
        )


def letters(programmes: list[Programme], rights: Rights) -> Iterator[Item]:
    """Letters that wait to be read and released, and those whose sending is in doubt; one query."""
    readable = {one.pk: one for one in programmes if rights.may("letters.release", one.pk)}
    rows = (
        OutgoingLetter.objects.filter(
            programme__in=readable, state__in=(State.HELD, State.TO_VERIFY, State.FAILED)
        )
        .order_by()
        .values("programme", "state", "batch", "letter")
        .annotate(n=Count("pk"), since=Min("created_at"))
        .order_by("since")
    )
    doubtful: dict[UUID, int] = {}
    for row in rows:
        programme = readable[row["programme"]]
        if row["state"] != State.HELD:
            doubtful[programme.pk] = doubtful.get(programme.pk, 0) + row["n"]
            continue
        yield Item(
            title=ngettext(
                "%(n)d letter ready, not sent: %(what)s", "%(n)d letters ready, none sent: %(what)s", row["n"]
            )
            % {"n": row["n"], "what": title_of(row["letter"])},
            text=_("You read them first; they leave when you release them."),
            action=_("Read the letters"),
            href=reverse("desk:held", args=[programme.slug, row["batch"]]),
            context=str(programme),
            held=True,
        )
    for pk, n in doubtful.items():
        yield Item(
            title=ngettext("%(n)d letter did not leave", "%(n)d letters did not leave", n) % {"n": n},
            text=_("The reason stands beside each; nothing is sent twice by itself."),
            action=_("Open the letters"),
            href=reverse("desk:outbox", args=[readable[pk].slug]),
            context=str(readable[pk]),
        )
