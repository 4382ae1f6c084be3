"""Webhooks: told from the sealed journal, signed, tried again, and never led inside the network."""

import datetime as dt
import hashlib
import hmac
import http.server
import json
import ssl
import threading

import pytest
import time_machine
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.db import transaction
from django.urls import reverse

from tests.factories.api import DeliveryFactory, WebhookFactory
from tests.factories.applications import handed_in
from tests.factories.programmes import ProgrammeFactory, holder
from vivaio.api.models import Delivery, Webhook
from vivaio.api.states import DeliveryState, WebhookState
from vivaio.api.webhooks import actions, reach, sending
from vivaio.api.webhooks.kinds import KINDS, concerns
from vivaio.journal import actions as journal
from vivaio.journal.verbs import SENTENCES
from vivaio.kit import clock
from vivaio.kit.rules import Refused
from vivaio.mailroom.models import OutgoingLetter

ALL = list(KINDS)
pytestmark = pytest.mark.django_db


@pytest.fixture
def receiver(tmp_path, monkeypatch, settings):
    """Another program, over TLS on this machine; the operator has allowed this network."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = dt.datetime.now(dt.UTC)
    certificate = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(x509.random_serial_number()).not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=900))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), True)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    pem = certificate.public_bytes(serialization.Encoding.PEM)
    (tmp_path / "ca.pem").write_bytes(pem)
    (tmp_path / "server.pem").write_bytes(
        pem
        + key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
    settings.WEBHOOK_NETWORKS = ["127.0.0.0/8", "::1/128"]

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            server.came.append((dict(self.headers), body.decode()))
            self.send_response(server.answer)
            if server.answer == 302:
                self.send_header("Location", "https://localhost/elsewhere")
            self.end_headers()
            self.wfile.write(b"grazie")

        def log_message(self, *_said):
            pass

    server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
    server.came, server.answer = [], 200
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "server.pem")
    server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    server.url = f"https://localhost:{server.server_port}/vivaio?a=1"
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def manager():
    return holder(ProgrammeFactory(slug="fili"), "manager")


def programme_of(person):
    return person.role_holdings.get().programme


@pytest.fixture
def webhook(receiver, manager):
    return actions.register(programme_of(manager), receiver.url, ALL, by=manager)


def happens(programme, verb="application.submitted"):
    with transaction.atomic():
        subject = handed_in()
        record = journal.record(verb, subject, by=subject.created_by, programme=programme, fields=["title"])
    journal.seal_all()
    return record


def handed_on(webhook):
    actions.hand_on(webhook.pk)
    return list(Delivery.objects.order_by("created_at"))


def test_an_event_is_told_signed_and_without_anybodys_name(receiver, webhook):
    happens(ProgrammeFactory())  # of another programme
    record = happens(webhook.programme)
    happens(webhook.programme, "people.profile_updated")
    (delivery,) = handed_on(webhook)
    actions.deliver(str(delivery.pk))
    (headers, body), told = receiver.came[0], json.loads(receiver.came[0][1])
    assert (told["event"], told["id"]) == ("application.submitted", str(record.pk))
    assert told["journal"]["number"] == record.number
    assert str(record.actor) not in body
    at, _comma, given = headers["Vivaio-Signature"].partition(",v1=")
    signed = f"{at.removeprefix('t=')}.{body}".encode()
    assert given == hmac.new(webhook.secret.encode(), signed, hashlib.sha256).hexdigest()
    delivery.refresh_from_db()
    assert (delivery.state, delivery.status, delivery.answer) == (DeliveryState.DELIVERED, 200, "grazie")
    assert handed_on(webhook) == [delivery]
    actions.deliver(str(delivery.pk))  # the job runs twice
    assert len(receiver.came) == 1


def test_only_the_chosen_kinds_are_told(receiver, manager):
    webhook = actions.register(programme_of(manager), receiver.url, ["calls"], by=manager)
    happens(webhook.programme, "application.submitted")
    happens(webhook.programme, "calls.published")
    assert [delivery.verb for delivery in handed_on(webhook)] == ["calls.published"]


def test_what_happened_before_is_not_told(receiver, manager):
    happens(programme_of(manager))
    webhook = actions.register(programme_of(manager), receiver.url, ALL, by=manager)
    assert handed_on(webhook) == []


def test_what_is_not_answered_well_is_tried_again_later_each_time(receiver, webhook):
    receiver.answer = 500
    happens(webhook.programme)
    (delivery,) = handed_on(webhook)
    waits = []
    start = clock.now()
    with time_machine.travel(start, tick=False) as now:
        for _attempt in range(len(actions.WAITS) + 1):
            actions.deliver(str(delivery.pk))
            before, delivery = delivery.attempts, Delivery.objects.get()
            assert delivery.attempts == before + 1
            actions.deliver(str(delivery.pk))  # too early: nothing is sent
            if delivery.state == DeliveryState.WAITING and delivery.next_at > clock.now():
                waits.append(delivery.next_at - clock.now())
                now.move_to(delivery.next_at)
    assert tuple(waits) == actions.WAITS[: len(waits)]
    assert len(waits) >= 7
    assert len(receiver.came) == delivery.attempts
    assert delivery.status == 500


def test_after_three_days_of_failure_it_is_switched_off_and_a_letter_says_so(receiver, webhook, manager):
    receiver.answer = 503
    happens(webhook.programme)
    (delivery,) = handed_on(webhook)
    Webhook.objects.update(failing_since=clock.now() - actions.PATIENCE)
    actions.deliver(str(delivery.pk))
    webhook.refresh_from_db()
    assert webhook.state == WebhookState.FAILED
    letter = OutgoingLetter.objects.get(letter="api.webhook_failed")
    assert letter.recipient_email == manager.email
    assert webhook.url in letter.text
    happens(webhook.programme)
    assert len(handed_on(webhook)) == 1
    actions.switch(webhook, True, by=manager)
    assert len(handed_on(webhook)) == 1  # what happened in between is not told
    happens(webhook.programme)
    assert len(handed_on(webhook)) == 2


def test_a_redirect_is_not_followed_and_a_wrong_certificate_not_trusted(receiver, webhook, monkeypatch):
    receiver.answer = 302
    happens(webhook.programme)
    (delivery,) = handed_on(webhook)
    actions.deliver(str(delivery.pk))
    assert len(receiver.came) == 1
    assert Delivery.objects.get().status == 302
    monkeypatch.delenv("SSL_CERT_FILE")
    Delivery.objects.update(next_at=clock.now())
    actions.deliver(str(delivery.pk))
    found = Delivery.objects.get()
    assert found.status is None
    assert "certificate" in found.answer.lower()


@pytest.mark.parametrize(
    "url",
    [
        "http://example.org/", "https://localhost/", "https://127.0.0.1/", "https://10.0.0.1/", "https://[::1]/",
        "https://169.254.169.254/latest", "https://192.168.1.1/", "https://0.0.0.0/", "https://[::ffff:127.0.0.1]/",
        "https://2130706433/", "https://user:word@192.0.2.1/", "https:///x", "https://[fe80::1]/", "https://[64:ff9b::7f00:1]/",
        "https://100.64.0.1/", "https://224.0.0.1/", "https://a" + "b" * 80 + ".example/", "https://localhost:99999/",
    ],
)  # fmt: skip
def test_what_leads_inside_is_refused_when_it_is_registered(manager, url):
    with pytest.raises(Refused):
        actions.register(programme_of(manager), url, ALL, by=manager)
    with pytest.raises(reach.Unreachable):
        reach.target_of(url)


def test_what_leads_inside_later_is_refused_when_it_is_sent(receiver, webhook, settings):
    happens(webhook.programme)
    (delivery,) = handed_on(webhook)
    settings.WEBHOOK_NETWORKS = []  # the name means another address by now
    actions.deliver(str(delivery.pk))
    assert receiver.came == []
    assert Delivery.objects.get().status is None


def test_every_kind_has_verbs_that_are_told_and_no_account_is():
    for kind, (_words, beginnings) in KINDS.items():
        assert any(concerns(verb, [kind]) for verb in SENTENCES), kind
        assert all(any(verb.startswith(one) for verb in SENTENCES) for one in beginnings), kind
    told = [verb for verb in SENTENCES if concerns(verb, ALL)]
    assert not [verb for verb in told if verb.startswith(("people.", "letter", "api.", "bulk."))]


def test_the_manager_registers_sees_the_secret_once_and_sends_again(client, receiver, manager):
    client.force_login(manager)
    page = reverse("api:webhooks", args=["fili"])
    told = client.post(page, {"url": receiver.url, "kinds": ALL}).content.decode()
    webhook = Webhook.objects.get()
    assert sending.secret_of(webhook) in told
    again = client.get(page).content.decode()
    assert webhook.url.replace("&", "&amp;") in again
    assert "whsec_" not in again
    assert client.post(page, {"url": "https://10.0.0.9/x", "kinds": ALL}).status_code == 422
    happens(webhook.programme)
    (delivery,) = handed_on(webhook)
    actions.deliver(str(delivery.pk))
    own = reverse("api:webhook", args=["fili", webhook.pk])
    assert "application.submitted" in client.get(own).content.decode()
    client.post(reverse("api:webhook_again", args=["fili", webhook.pk, delivery.pk]))
    actions.deliver(str(delivery.pk))
    assert len(receiver.came) == 2
    client.post(reverse("api:webhook_switch", args=["fili", webhook.pk]))
    webhook.refresh_from_db()
    assert webhook.state == WebhookState.OFF
    with pytest.raises(Refused):
        actions.send_again(Delivery.objects.get(), by=manager)
    client.post(reverse("api:webhook_remove", args=["fili", webhook.pk]))
    assert not Webhook.objects.exists()


def test_nobody_else_registers_or_sees_them(client, webhook):
    secretary = holder(webhook.programme, "secretary")
    client.force_login(secretary)
    assert client.get(reverse("api:webhooks", args=["fili"])).status_code == 404
    assert client.get(reverse("api:webhook", args=["fili", webhook.pk])).status_code == 404
    with pytest.raises(Refused):
        actions.register(webhook.programme, "https://example.org/", ALL, by=secretary)


def test_the_pages_cost_the_same_with_many_rows(client, manager, django_assert_max_num_queries):
    webhooks = WebhookFactory.create_batch(6, programme=programme_of(manager))
    DeliveryFactory.create_batch(30, webhook=webhooks[0])
    client.force_login(manager)
    for page in (
        reverse("api:webhooks", args=["fili"]),
        reverse("api:webhook", args=["fili", webhooks[0].pk]),
    ):
        client.get(page)
        with django_assert_max_num_queries(12):
            assert client.get(page).status_code == 200
