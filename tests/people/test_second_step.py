"""The second step of sign-in: who needs one, setting one up, using it, losing it."""

import datetime as dt
import re

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories.people import PersonFactory
from tests.factories.programmes import ProgrammeFactory, RoleHoldingFactory, holder
from vivaio.journal.models import Record
from vivaio.kit.rules import Refused
from vivaio.mailroom.models import OutgoingLetter
from vivaio.people import actions, jobs, queries
from vivaio.programmes.actions import end_role

pytestmark = pytest.mark.django_db
PASSWORD = "cortile-ringhiera-1926"
HOME = "/it/home/"


@pytest.fixture(autouse=True)
def nobody_tried_before():
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def asked(settings):
    """The installation asks its staff for a second step, as it does unless told otherwise."""
    settings.STAFF_SECOND_STEP = True


@pytest.fixture
def manager():
    return holder(ProgrammeFactory(title="Miracolo a Milano"), "manager", password=PASSWORD)


def sign_in(person, client=None):
    client = client or Client()
    EmailAddress.objects.get_or_create(user=person, email=person.email, verified=True, primary=True)
    answer = client.post(reverse("account_login"), {"login": person.email, "password": PASSWORD}, follow=True)
    return client, answer


def code_of(secret):
    [counter] = totp.yield_hotp_counters_from_time()
    return totp.format_hotp_value(totp.hotp_value(secret, counter))


def set_up_app(client):
    """Set the code app up in the browser; returns its key."""
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    page = client.get(reverse("mfa_activate_totp"))
    secret = page.context["form"].secret
    assert "data:image/svg+xml" in page.content.decode()
    landed = client.post(reverse("mfa_activate_totp"), {"code": code_of(secret)}, follow=True)
    return secret, landed


def test_staff_without_one_are_led_to_set_it_up_and_back(asked, manager):
    client, _page = sign_in(manager)
    answer = client.get(reverse("people:organisations"), follow=True)
    assert answer.request["PATH_INFO"] == reverse("mfa_index")
    words = answer.content.decode()
    assert "Miracolo a Milano" in words
    assert "una password da sola non deve bastare" in words
    _secret, landed = set_up_app(client)
    assert landed.request["PATH_INFO"] == reverse("mfa_view_recovery_codes")
    ready = client.get(reverse("mfa_index"))
    assert f'href="{reverse("people:organisations")}"' in ready.content.decode()
    assert client.get(reverse("people:organisations")).status_code == 200


def test_nothing_is_written_before_it_is_set_up(asked, manager):
    client, _page = sign_in(manager)
    answer = client.post(reverse("people:create"), {"name": "X", "kind": "informal_group", "country": "IT"})
    assert answer.status_code == 302
    assert answer.url == reverse("mfa_index")
    assert not queries.organisations_of(manager).exists()


def test_the_administrator_needs_one(asked):
    client, _page = sign_in(PersonFactory(is_administrator=True, password=PASSWORD))
    answer = client.get(reverse("people:organisations"), follow=True)
    assert "Amministri questa installazione" in answer.content.decode()


@pytest.mark.parametrize("role", ["juror", "trainer", None])
def test_others_are_not_asked(asked, role):
    person = holder(ProgrammeFactory(), role, password=PASSWORD) if role else PersonFactory(password=PASSWORD)
    client, _page = sign_in(person)
    assert client.get(reverse("people:organisations")).status_code == 200


def test_an_installation_may_waive_it(settings, manager):
    settings.STAFF_SECOND_STEP = False
    client, _page = sign_in(manager)
    assert client.get(reverse("people:organisations")).status_code == 200


def test_signing_out_stays_open(asked, manager):
    client, _page = sign_in(manager)
    assert client.get(reverse("account_logout")).status_code == 200


def test_the_code_is_asked_at_the_next_sign_in_and_works_once(manager):
    client, _page = sign_in(manager)
    secret, _landed = set_up_app(client)
    other, page = sign_in(manager)
    assert page.request["PATH_INFO"] == reverse("mfa_authenticate")
    assert "_auth_user_id" not in other.session
    wrong = other.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert "Questo codice non è giusto" in wrong.content.decode()
    code = code_of(secret)
    other.post(reverse("mfa_authenticate"), {"code": code})
    assert "_auth_user_id" in other.session
    third, _page = sign_in(manager)
    third.post(reverse("mfa_authenticate"), {"code": code})
    assert "_auth_user_id" not in third.session


def asked_of_second_steps(client):
    """The queries of a page that look for a second step, or for a reason to have one."""
    with CaptureQueriesContext(connection) as noted:
        assert client.get(reverse("people:organisations")).status_code == 200
    return [query["sql"] for query in noted if "mfa_authenticator" in query["sql"]], len(noted)


@pytest.mark.django_db(transaction=True)
def test_whoever_took_the_second_step_pays_for_no_look_up(asked, settings, manager):
    client, _page = sign_in(manager)
    secret, _landed = set_up_app(client)
    later, _page = sign_in(manager)
    later.post(reverse("mfa_authenticate"), {"code": code_of(secret)})
    settings.STAFF_SECOND_STEP = False
    without = asked_of_second_steps(later)
    settings.STAFF_SECOND_STEP = True
    assert asked_of_second_steps(later) == without
    assert asked_of_second_steps(client) == without


def test_a_second_step_taken_away_is_missed_when_one_becomes_staff(asked):
    person = PersonFactory(password=PASSWORD)
    client, _page = sign_in(person)
    set_up_app(client)
    client.post(reverse("mfa_deactivate_totp"))
    assert not queries.has_second_step(person)
    person.is_administrator = True
    person.save()
    assert client.get(reverse("people:organisations")).url.startswith(reverse("mfa_index"))


def test_the_key_is_not_stored_as_it_is(manager):
    client, _page = sign_in(manager)
    secret, _landed = set_up_app(client)
    assert secret not in str(Authenticator.objects.get(user=manager, type="totp").data)


def test_spare_codes_are_shown_once_and_each_opens_once(manager):
    client, _page = sign_in(manager)
    _secret, landed = set_up_app(client)
    codes = re.findall(r"<li>(\d{8})</li>", landed.content.decode())
    assert len(codes) == 10
    assert f"%0D%0A{codes[-1]}" in landed.content.decode()
    again = client.get(reverse("mfa_view_recovery_codes")).content.decode()
    assert codes[0] not in again
    assert "mostrati una volta" in again
    other, _page = sign_in(manager)
    other.post(reverse("mfa_authenticate"), {"code": codes[0]})
    assert "_auth_user_id" in other.session
    third, _page = sign_in(manager)
    third.post(reverse("mfa_authenticate"), {"code": codes[0]})
    assert "_auth_user_id" not in third.session


def test_who_needs_one_keeps_the_last(asked, manager):
    client, _page = sign_in(manager)
    set_up_app(client)
    page = client.post(reverse("mfa_deactivate_totp")).content.decode()
    assert "aggiungine un altro prima" in page
    assert queries.has_second_step(manager)


def test_it_is_asked_again_who_it_is_before_a_change(manager):
    client, _page = sign_in(manager)
    for name in ("mfa_activate_totp", "mfa_add_webauthn", "mfa_generate_recovery_codes"):
        answer = client.get(reverse(name))
        assert answer.url.startswith(reverse("account_reauthenticate")), name


@pytest.mark.django_db(transaction=True)
def test_changes_are_in_the_register_and_in_a_letter(manager):
    client, _page = sign_in(manager)
    set_up_app(client)
    assert Record.objects.filter(verb="people.second_step_added", actor=manager.pk).exists()
    assert "serve un secondo passo" in OutgoingLetter.objects.get(letter="people.account_changed").text


def test_an_administrator_resets_what_was_lost(manager):
    client, _page = sign_in(manager)
    set_up_app(client)
    administrator = PersonFactory(is_administrator=True)
    actions.reset_second_steps(manager, by=administrator)
    assert not Authenticator.objects.filter(user=manager).exists()
    assert client.get(reverse("people:organisations")).status_code == 302
    assert OutgoingLetter.objects.get(letter="people.second_steps_reset").recipient_email == manager.email
    assert Record.objects.filter(verb="people.second_steps_reset", actor=administrator.pk).exists()


def test_the_reset_has_a_page_that_asks_for_certainty(manager, client):
    other, _page = sign_in(manager)
    set_up_app(other)
    client.force_login(PersonFactory(is_administrator=True))
    assert manager.email in client.get(reverse("people:accounts")).content.decode()
    page = reverse("people:account", args=[manager.pk])
    client.post(page)
    assert queries.has_second_step(manager)
    client.post(page, {"certain": "yes"})
    assert not queries.has_second_step(manager)


def test_who_loses_the_last_staff_role_is_signed_out(manager):
    client, _page = sign_in(manager)
    holding = manager.role_holdings.get()
    end_role(holding, by=holder(holding.programme, "manager"))
    assert client.get(reverse("people:organisations")).status_code == 302


def test_roles_that_are_left_are_found_again_by_signing_in_and_the_lost_ones_are_not(manager):
    programme = manager.role_holdings.get().programme
    left = RoleHoldingFactory(person=manager, role="secretary")
    devices = [sign_in(manager)[0] for _device in range(2)]
    page = reverse("programmes:edit", args=[programme.slug])
    assert [device.get(page).status_code for device in devices] == [200, 200]
    taker, _page = sign_in(holder(programme, "manager", password=PASSWORD))
    held = manager.role_holdings.get(programme=programme)
    taker.post(reverse("programmes:end_role", args=[programme.slug, held.pk]))
    for device in devices:
        assert device.get(page).url.startswith(reverse("account_login"))
        assert device.post(page, {"title": "x"}).status_code == 302
    again, _page = sign_in(manager)
    assert again.get(page).status_code == 404
    assert again.get(reverse("people:organisations")).status_code == 200
    assert left.programme.title in again.get(reverse("desk:home")).content.decode()


def test_who_keeps_another_role_of_the_programme_stays_signed_in_without_the_lost_rights(manager):
    programme = manager.role_holdings.get().programme
    RoleHoldingFactory(person=manager, role="auditor", programme=programme)
    client, _page = sign_in(manager)
    end_role(manager.role_holdings.get(role="manager"), by=holder(programme, "manager"))
    assert client.get(reverse("programmes:roles", args=[programme.slug])).status_code == 404
    assert client.get(reverse("people:organisations")).status_code == 200


def test_a_blocked_account_is_out_with_the_next_page_on_every_device(manager):
    devices = [sign_in(manager)[0] for _device in range(2)]
    manager.is_active = False
    manager.save()
    for device in devices:
        assert device.get(reverse("people:organisations")).url.startswith(reverse("account_login"))
    _again, page = sign_in(manager)
    assert not page.context["user"].is_authenticated


def test_only_an_administrator_resets_and_not_their_own(manager):
    client, _page = sign_in(manager)
    set_up_app(client)
    with pytest.raises(Refused):
        actions.reset_second_steps(manager, by=PersonFactory())
    manager.is_administrator = True
    manager.save()
    with pytest.raises(Refused):
        actions.reset_second_steps(manager, by=manager)
    assert queries.has_second_step(manager)


class TestSessions:
    def test_are_listed_with_browser_and_system(self, manager):
        client = Client(
            headers={"user-agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"}
        )
        sign_in(manager, client)
        sign_in(manager)
        page = client.get(reverse("usersessions_list")).content.decode()
        assert "Firefox su Linux" in page
        assert "Questo dispositivo" in page
        assert "127.0.0.1" not in page

    def test_one_other_is_ended(self, manager):
        here, _page = sign_in(manager)
        there, _page = sign_in(manager)
        other = UserSession.objects.get(session_key=there.session.session_key)
        here.post(reverse("people:end_session", args=[other.pk]))
        assert there.get(reverse("people:organisations")).status_code == 302
        assert here.get(reverse("people:organisations")).status_code == 200

    def test_the_one_in_hand_is_not(self, manager):
        here, _page = sign_in(manager)
        mine = UserSession.objects.get(session_key=here.session.session_key)
        here.post(reverse("people:end_session", args=[mine.pk]))
        assert here.get(reverse("people:organisations")).status_code == 200

    def test_nobody_ends_somebody_elses(self, manager):
        stranger = PersonFactory(password=PASSWORD)
        here, _page = sign_in(stranger)
        there, _page = sign_in(manager)
        other = UserSession.objects.get(session_key=there.session.session_key)
        assert here.post(reverse("people:end_session", args=[other.pk])).status_code == 404
        assert there.get(reverse("people:organisations")).status_code == 200

    def test_all_others_are_ended(self, manager):
        here, there = sign_in(manager)[0], sign_in(manager)[0]
        here.post(reverse("people:end_other_sessions"))
        assert there.get(reverse("people:organisations")).status_code == 302
        assert here.get(reverse("people:organisations")).status_code == 200

    def test_a_new_password_ends_the_others(self, manager):
        here, there = sign_in(manager)[0], sign_in(manager)[0]
        new = "ballatoio-terzo-piano-12"
        here.post(
            reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": new, "password2": new}
        )
        assert there.get(reverse("people:organisations")).status_code == 302
        assert here.get(reverse("people:organisations")).status_code == 200

    def test_an_expired_one_is_forgotten_at_night_and_nobodys_address_is_kept(self, manager):
        here, there = sign_in(manager)[0], sign_in(manager)[0]
        Session.objects.filter(pk=there.session.session_key).update(
            expire_date=dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
        )
        jobs.forget_sessions(0)
        assert Session.objects.count() == 1
        [kept] = UserSession.objects.all()
        assert (kept.session_key, kept.ip) == (here.session.session_key, "0.0.0.0")
        assert here.get(reverse("people:organisations")).status_code == 200

    def test_an_expired_one_is_not_listed(self, manager):
        here, there = sign_in(manager)[0], sign_in(manager)[0]
        Session.objects.filter(pk=there.session.session_key).update(
            expire_date=dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
        )
        page = here.get(reverse("usersessions_list")).content.decode()
        assert page.count("<strong>") == 1
