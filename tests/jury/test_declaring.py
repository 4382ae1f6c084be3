"""A juror declares over a list too long for one page: looks up whom they know, names them, and declares the rest."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories.blinding import blind_sheet
from tests.factories.jury import AssignmentFactory, ConflictFactory, JurorFactory, eligible, judging_call
from tests.factories.people import OrganisationFactory
from vivaio.calls.states import Reviewing
from vivaio.jury.models import Conflict
from vivaio.jury.states import AssignmentState, ConflictSource, PanelState

pytestmark = pytest.mark.django_db
MANY = 104


@pytest.fixture
def juror():
    return JurorFactory(conflicts_declared_at=None)


def fill(panel, until):
    """Applications of one applicant each, until the call has as many."""
    for n in range(panel.call.applications.count(), until):
        eligible(
            panel.call, title=f"Progetto {n}", organisation=OrganisationFactory(name=f"Associazione {n:03}")
        )


@pytest.fixture
def known(juror):
    """Of a long list, the one the juror knows; alphabetically it stands on the last page."""
    found = eligible(juror.panel.call, organisation=OrganisationFactory(name="Zattera onlus"))
    fill(juror.panel, MANY)
    return found


@pytest.fixture
def where(client, juror):
    client.force_login(juror.person)
    return reverse("jury:declaration", args=[juror.panel_id])


def read(answer):
    return answer.content.decode()


def cost(client, where):
    """The queries of a page that was opened before."""
    client.get(where)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(where).status_code == 200
    return len(asked)


def said(page):
    """What the page says of whom the juror named, or the records did."""
    return re.search(r'<section class="vv-sheet.*?</section>', page, re.S)[0]


def test_who_is_known_is_found_named_and_stays_named_on_every_page(client, juror, known, where):
    first = read(client.get(where))
    assert "Associazione 001" in first
    assert "Zattera" not in first
    sheet = AssignmentFactory(juror=juror, application=known)
    found = read(client.get(where, {"q": "zàttera"}))
    assert f'value="{known.pk}"' in found
    named = client.post(f"{where}?q=zattera", {"name": str(known.pk)})
    assert named.url == f"{where}?q=zattera"
    sheet.refresh_from_db()
    assert sheet.state == AssignmentState.RECUSED
    for asked in ({}, {"page": 2}, {"q": "Associazione 007"}):
        assert "Zattera" in said(read(client.get(where, asked)))
    juror.refresh_from_db()
    assert juror.conflicts_declared_at is None
    assert client.post(where, {"rest": "none"}).url == reverse("jury:desk", args=[juror.panel_id])
    juror.refresh_from_db()
    assert juror.conflicts_declared_at
    assert [(one.application, one.source) for one in Conflict.objects.all()] == [
        (known, ConflictSource.DECLARED)
    ]


def test_the_wrong_one_is_taken_back_once(client, juror, known, where):
    sheet = AssignmentFactory(juror=juror, application=known)
    for _twice in range(2):
        client.post(where, {"name": str(known.pk)})
    assert Conflict.objects.count() == 1
    for _twice in range(2):
        assert client.post(where, {"take_back": str(known.pk)}).url == where
    assert not Conflict.objects.exists()
    sheet.refresh_from_db()
    assert sheet.state == AssignmentState.TO_SCORE


def test_ties_that_others_found_come_first_and_stay(client, juror, known, where):
    mine = juror.panel.call.applications.get(title="Progetto 1")
    client.post(where, {"name": str(mine.pk)})
    ConflictFactory(juror=juror, application=known, source=ConflictSource.FOUND)
    told = said(read(client.get(where, {"page": 2})))
    assert told.index("Zattera") < told.index("Associazione 001")
    assert "già registrato" in told
    kept = read(client.post(where, {"take_back": str(known.pk)}))
    assert "da altri" in kept
    client.post(where, {"rest": "none"})
    assert Conflict.objects.count() == 2


@pytest.mark.parametrize("button", ["name", "take_back"])
def test_only_applications_before_this_jury_are_named(client, juror, known, where, button):
    stranger = eligible(judging_call())
    for value in (str(stranger.pk), "nonsense", "\0"):
        assert "non è più davanti a questa giuria" in read(client.post(where, {button: value}))
    assert not Conflict.objects.exists()


def test_once_scoring_is_closed_the_list_is_there_to_read(client, juror, known, where):
    juror.panel.state = PanelState.CLOSED
    juror.panel.save()
    told = read(client.get(where))
    assert "Associazione 001" in told
    assert 'name="name"' not in told
    assert 'name="rest"' not in told
    assert client.post(where, {"name": str(known.pk)}).status_code == 200
    assert not Conflict.objects.exists()


def test_in_a_blind_review_nobody_is_named(client):
    sheet = blind_sheet(Reviewing.BLIND)
    juror, application = sheet.juror, sheet.application
    client.force_login(juror.person)
    url = reverse("jury:declaration", args=[juror.panel_id])
    for button in ("name", "take_back"):
        assert "anonim" in read(client.post(url, {button: str(application.pk)}))
    assert not Conflict.objects.exists()


def test_a_long_list_costs_what_a_short_one_does(client, juror, where):
    fill(juror.panel, 5)
    few = cost(client, where)
    fill(juror.panel, 150)
    for n, application in enumerate(juror.panel.call.applications.all()[:20]):
        ConflictFactory(juror=juror, application=application, source=list(ConflictSource)[n % 2])
    assert cost(client, where) <= few <= 12
    assert len(client.get(where).content) < 80_000
