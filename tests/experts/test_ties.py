"""Whoever helps an initiative does not judge it, also where the sheets were given out before."""

import datetime as dt

import pytest

from tests.factories.experts import (
    BankFactory,
    CompetenceFactory,
    ExpertProfileFactory,
    ProposalFactory,
    asked_by,
    expert_in,
)
from tests.factories.initiatives import led
from tests.factories.jury import AssignmentFactory, JurorFactory, PanelFactory, eligible, judging_call
from vivaio.experts.actions import matching
from vivaio.experts.fit import fit
from vivaio.experts.states import ProposalState
from vivaio.initiatives.models import ContestEntry
from vivaio.jury.models import Conflict
from vivaio.jury.states import AssignmentState
from vivaio.kit import clock


@pytest.mark.django_db(transaction=True)
def test_a_juror_who_begins_to_help_an_entrant_gives_up_its_sheet(worker):
    panel = PanelFactory(call=judging_call(kind="contest"))
    programme = panel.call.programme
    BankFactory(programme=programme)
    initiative, leader = led(programme=programme)
    application = eligible(panel.call, organisation=initiative.organisation, created_by=leader)
    ContestEntry.objects.create(initiative=initiative, application=application, entered_by=leader)
    sheet = AssignmentFactory(juror=JurorFactory(panel=panel), application=application)
    other = AssignmentFactory(juror=JurorFactory(panel=panel), application=application)
    profile = ExpertProfileFactory(programme=programme, person=sheet.juror.person)
    proposal = ProposalFactory(request=asked_by(initiative), profile=profile, state=ProposalState.SENT)
    matching.accept(proposal, revision=proposal.request.revision, by=profile.person)
    worker()
    sheet.refresh_from_db()
    other.refresh_from_db()
    assert Conflict.objects.get(application=application).juror == sheet.juror
    assert (sheet.state, other.state) == (AssignmentState.RECUSED, AssignmentState.TO_SCORE)


@pytest.mark.django_db
def test_who_is_away_from_now_until_the_work_is_needed_is_not_proposed():
    initiative, _leader = led()
    competence, today = CompetenceFactory(field__programme=initiative.programme), clock.today()
    request = asked_by(initiative, competence, needed_by=today + dt.timedelta(days=27))
    request.created_at = clock.now() - dt.timedelta(days=22)
    request.save()
    profile = expert_in(initiative.programme, competence)
    assert fit(request, profile, {}, related=False).barred == ""
    profile.away = [[f"{today - dt.timedelta(days=18)}", f"{today + dt.timedelta(days=38)}"]]
    assert fit(request, profile, {}, related=False).barred == "away"
