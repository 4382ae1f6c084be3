"""Many jurors reminded, or invited again, at once."""

import pytest
from django.utils import translation

from tests.factories.jury import AssignmentFactory, JurorFactory, scored
from tests.factories.programmes import holder
from tests.programmes.choosing import choose, go, read
from vivaio.jury.states import JurorState
from vivaio.jury.views.frame import address
from vivaio.kit import clock
from vivaio.mailroom.models import OutgoingLetter

pytestmark = pytest.mark.django_db


@pytest.fixture
def late():
    return AssignmentFactory().juror


@pytest.fixture
def secretary(late, client):
    client.force_login(holder(late.panel.call.programme, "secretary"))


def test_who_is_late_is_reminded_and_the_others_say_why_not(client, late, secretary):
    panel = late.panel
    done = scored(AssignmentFactory(juror=JurorFactory(panel=panel))).juror
    told = AssignmentFactory(juror=JurorFactory(panel=panel, reminded_at=clock.now())).juror
    page = read(choose(client, address(panel.call, "progress"), "jury.remind", late, done, told))
    assert "Procedi: 1 giurat" in page
    assert "Non ha più nulla da votare." in page
    assert "Ha ricevuto un promemoria nell’ultimo giorno." in page
    go(client)
    go(client)
    letters = OutgoingLetter.objects.filter(letter="jury.reminder")
    assert [letter.recipient_email for letter in letters] == [late.email]


def test_invitations_without_an_answer_are_sent_again_in_english(client, late, secretary):
    waiting = JurorFactory(
        panel=late.panel, person=None, email="ada@example.org", given_name="Ada", family_name="Negri",
        state=JurorState.INVITED,
    )  # fmt: skip
    with translation.override("en"):
        url = address(late.panel.call, "panel")
        page = read(choose(client, url, "jury.resend", waiting, late))
        assert "A letter to ada@example.org" in page
        assert "Nothing to send again" in page
        assert "1 juror" in read(go(client))
    assert OutgoingLetter.objects.get(letter="jury.invitation").recipient_email == "ada@example.org"
