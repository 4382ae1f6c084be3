"""Personal tokens: made once, told once, ended at once."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from tests.factories.api import TokenFactory, bearer, program_of
from tests.factories.people import PersonFactory
from tests.factories.programmes import ProgrammeFactory, holder
from vivaio.api import actions, rules
from vivaio.api.models import Allowance, Token
from vivaio.journal.models import Record
from vivaio.kit import clock, tokens
from vivaio.kit.rules import Refused
from vivaio.mailroom.models import OutgoingLetter
from vivaio.people import actions as people
from vivaio.people import events
from vivaio.people.gathering import Gathered
from vivaio.people.models import ErasureRequest, Person

pytestmark = pytest.mark.django_db
ASKED = {"name": "Rapporto", "scopes": ["applications:read"], "days": "30"}


def make(client, **given):
    return client.post(reverse("api:tokens"), ASKED | given)


def test_a_token_is_shown_once_and_kept_as_a_digest(client):
    person = PersonFactory()
    client.force_login(person)
    page = make(client).content.decode()
    made = Token.objects.get()
    secret = page.partition("vivaio_")[2].partition('"')[0]
    assert made.digest == tokens.digest(f"vivaio_{secret}")
    assert made.ending == secret[-4:]
    assert made.expires_at.date() == (clock.now() + dt.timedelta(days=30)).date()
    again = client.get(reverse("api:tokens")).content.decode()
    assert "Rapporto" in again
    assert secret not in again
    assert Record.objects.filter(verb="api.token_made", subject_id=made.pk, actor=person.pk).exists()
    letter = OutgoingLetter.objects.get(letter="api.token_made")
    assert letter.recipient_email == person.email
    assert "Rapporto" in letter.subject
    assert secret not in letter.text + letter.html


@pytest.mark.parametrize(
    "wrong", [{"name": " "}, {"scopes": []}, {"scopes": ["everything"]}, {"days": "9999"}, {"days": ""}]
)
def test_what_is_asked_wrongly_makes_nothing_and_is_told(client, wrong):
    client.force_login(PersonFactory())
    answer = make(client, **wrong)
    assert answer.status_code == 422
    assert not Token.objects.exists()


def test_an_action_refuses_what_the_form_would(db):
    person = PersonFactory()
    for given in (("", ["jury:read"], 30), ("a", [], 30), ("a", ["x"], 30), ("a", ["jury:read"], 999)):
        with pytest.raises(Refused):
            actions.make_token(*given, by=person)


def test_there_is_an_end_to_how_many(db):
    person = PersonFactory()
    TokenFactory.create_batch(rules.MOST_TOKENS, person=person)
    with pytest.raises(Refused, match="20"):
        actions.make_token("uno", ["jury:read"], 30, by=person)


def test_the_staff_makes_one_only_with_a_second_step(client, settings):
    settings.STAFF_SECOND_STEP = True
    manager = holder(ProgrammeFactory(), "manager")
    with pytest.raises(Refused):
        actions.make_token("uno", ["staff:read"], 30, by=manager)
    assert (
        client.get("/api/v1/me", headers={"Authorization": bearer(TokenFactory(person=manager))})
        .json()["type"]
        .endswith("second-step")
    )


def test_a_revoked_token_opens_nothing(client):
    person = PersonFactory()
    token = TokenFactory(person=person)
    asked = {"headers": {"Authorization": bearer(token)}}
    assert client.get("/api/v1/me", **asked).status_code == 200
    client.force_login(person)
    page = client.get(reverse("api:revoke", args=[token.pk])).content.decode()
    assert token.name in page
    client.post(reverse("api:revoke", args=[token.pk]))
    answer = client.get("/api/v1/me", **asked)
    assert answer.status_code == 401
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert "invalid_token" in answer.headers["WWW-Authenticate"]
    assert Record.objects.filter(verb="api.token_revoked", subject_id=token.pk).exists()
    with pytest.raises(Refused):
        actions.revoke_token(token, by=person)


def test_nobody_revokes_what_is_anothers(client):
    token = TokenFactory()
    client.force_login(PersonFactory())
    assert client.post(reverse("api:revoke", args=[token.pk])).status_code == 404
    with pytest.raises(Refused):
        actions.revoke_token(token, by=PersonFactory())


def test_an_expired_token_and_one_of_a_closed_account_open_nothing(client):
    old = TokenFactory(expires_at=clock.now() - dt.timedelta(seconds=1))
    shut = TokenFactory(person__is_active=False)
    for token in (old, shut):
        assert client.get("/api/v1/me", headers={"Authorization": bearer(token)}).status_code == 401
    client.force_login(old.person)
    assert "Scaduto" in client.get(reverse("api:tokens")).content.decode()


def test_tokens_go_with_the_account_that_is_erased(db):
    person = PersonFactory()
    token = TokenFactory(person=person)
    people.request_erasure(by=person)
    with time_machine.travel(clock.now() + dt.timedelta(days=people.DAYS_TO_THINK, hours=1)):
        people.erase(ErasureRequest.objects.get().pk)
    assert not Token.objects.exists()
    assert Record.objects.filter(verb="api.token_revoked", subject_id=token.pk).exists()


def test_the_copy_of_ones_data_tells_the_tokens_and_opens_nothing(db):
    token = TokenFactory()
    into = Gathered()
    events.gathering.send(Person, person=token.person, into=into)
    told = str(into.__dict__)
    assert token.name in told
    assert token.digest not in told


def test_the_last_use_is_noted_to_the_minute(db):
    person = PersonFactory()
    program = program_of(person)
    with time_machine.travel("2026-11-20T10:00:00Z", tick=False) as now:
        Token.objects.update(expires_at=clock.now() + dt.timedelta(days=3))
        program.get("/api/v1/me")
        first = Token.objects.get().last_used_at
        now.shift(30)
        program.get("/api/v1/me")
        assert Token.objects.get().last_used_at == first == clock.now() - dt.timedelta(seconds=30)
        now.shift(31)
        program.get("/api/v1/me")
        assert Token.objects.get().last_used_at == clock.now()


def test_whoever_asks_too_often_is_told_when_to_come_back(client, settings):
    settings.API_PER_MINUTE_ANONYMOUS, settings.API_PER_MINUTE = 2, 3
    with time_machine.travel("2026-11-20T10:00:15Z", tick=False) as now:
        codes = [client.get("/api/v1/programmes").status_code for _ in range(3)]
        assert codes == [200, 200, 429]
        answer = client.get("/api/v1/programmes", headers={"Accept-Language": "en"})
        assert answer.headers["Retry-After"] == "45"
        assert "Retry-After" in answer.json()["detail"]
        program = program_of(PersonFactory())
        Token.objects.update(expires_at=clock.now() + dt.timedelta(days=3))
        assert [program.get("/api/v1/me").status_code for _ in range(4)] == [200, 200, 200, 429]
        now.shift(45)
        assert client.get("/api/v1/programmes").status_code == 200
        kept = Allowance.objects.values_list("caller", flat=True)
        assert not [caller for caller in kept if "127.0.0.1" in caller]
        actions.forget_callers(int(clock.now().timestamp()) + 2 * actions.KEPT_SECONDS)
        assert not Allowance.objects.exists()


def test_guessing_tokens_is_counted_by_address(client, settings):
    settings.API_PER_MINUTE_ANONYMOUS = 3
    guess = {"headers": {"Authorization": "Bearer vivaio_guess"}}
    assert [client.get("/api/v1/me", **guess).status_code for _ in range(5)][-1] == 429
