"""Many letters sent, or never sent, at once."""

import pytest
from django.urls import reverse
from django.utils import translation

from tests.factories.mailroom import LetterFactory
from tests.factories.programmes import ProgrammeFactory, holder
from tests.programmes.choosing import choose, go, read, undo
from vivaio.mailroom.models import OutgoingLetter
from vivaio.mailroom.states import State

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme():
    return ProgrammeFactory()


@pytest.fixture
def secretary(programme, client):
    client.force_login(holder(programme, "secretary"))


def outbox(programme):
    return reverse("desk:outbox", args=[programme.slug])


def test_what_is_held_leaves_and_what_is_not_says_so(client, programme, secretary):
    held = LetterFactory(programme=programme.pk, subject="Esito", recipient_name="Anna Tavecchia")
    sent = LetterFactory(programme=programme.pk, state=State.SENT)
    foreign = LetterFactory(programme=ProgrammeFactory().pk)
    page = read(choose(client, outbox(programme), "letters.release", held, sent, foreign))
    assert "Procedi: 1 lettera" in page
    assert "Esito, a Anna Tavecchia" in page
    assert "Questa lettera non è trattenuta. È: Inviata." in page
    assert "questa modifica non si può annullare" in page
    assert "questa modifica non si può annullare" in read(go(client))
    go(client)
    assert [OutgoingLetter.objects.get(pk=row.pk).state for row in (held, sent, foreign)] == [
        State.QUEUED, State.SENT, State.HELD,
    ]  # fmt: skip
    assert "non si può annullare" in undo(client).content.decode()


def test_what_was_released_meanwhile_is_left_out(client, programme, secretary):
    held = LetterFactory(programme=programme.pk)
    choose(client, outbox(programme), "letters.release", held)
    OutgoingLetter.objects.filter(pk=held.pk).update(state=State.SENT)
    assert "Resta fuori: 1 riga" in read(go(client))


def test_cancelled_and_sent_again_in_english(client, programme, secretary):
    held, failed = (
        LetterFactory(programme=programme.pk),
        LetterFactory(programme=programme.pk, state=State.FAILED),
    )
    with translation.override("en"):
        page = read(choose(client, outbox(programme), "letters.cancel", held))
        assert "A letter that was cancelled is not taken up again" in page
        go(client)
        url = f"{outbox(programme)}?state=failed"
        assert "Send again what was not sent: 1 letter" in read(
            choose(client, url, "letters.retry", scope="found")
        )
        go(client)
    states = [OutgoingLetter.objects.get(pk=row.pk).state for row in (held, failed)]
    assert states == [State.CANCELLED, State.QUEUED]
