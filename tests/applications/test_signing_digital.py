"""Digital signatures: what a file says is found out by a process of its own, shown, and counts where it must."""

import datetime as dt
import os
import socket
import subprocess
import sys
import zlib

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse

from tests.applications.test_signing import outcome_of, point_of, prepared, signing_page
from tests.applications.test_submission import submit
from tests.factories.applications import ApplicationFactory
from tests.factories.programmes import holder
from tests.factories.signing import (
    CODE,
    SIGNER,
    authority,
    blank_pdf,
    certified,
    enveloped,
    reversed_content,
    revoked,
    signed,
    to_sign,
    updated,
)
from vivaio.applications import actions as applications
from vivaio.applications.models import Application, Signature
from vivaio.applications.signing import actions, checking, rules, trusting
from vivaio.applications.states import ApplicationState, CheckOutcome, SignatureState
from vivaio.kit import files
from vivaio.kit.rules import Refused
from vivaio.questionnaires.changes import Posted

pytestmark = pytest.mark.django_db
S = SignatureState


@pytest.fixture(autouse=True)
def trust(settings, tmp_path):
    """One issuer is trusted."""
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.TRUST_DIR = tmp_path / "trust"
    settings.TRUST_DIR.mkdir()
    (settings.TRUST_DIR / "issuer.pem").write_bytes(authority().pem)
    return settings.TRUST_DIR


def found(content, whole=0):
    return checking.looked_into(content, 60, whole=whole)


def result(content):
    return found(content)["result"]


def came_back(application, content, name="firmata.pdf"):
    """The prepared application as it comes back; it is checked at once."""
    checked = files.check(ContentFile(content, name=name), kinds=("pdf", "p7m"))
    made = actions.add_signed(application, prepared(application).pk, checked, by=application.created_by)
    assert actions.check(made.pk, seconds=60)
    made.refresh_from_db()
    return made


def paper_bytes(application):
    return prepared(application).file.read()


def test_a_sound_signature_says_who_signed_when_and_who_vouches():
    told = found(signed())
    assert told["result"] == S.VALID
    assert (told["signer"], told["code"], told["issuer"]) == (SIGNER, CODE, "Autorità di prova")
    assert dt.datetime.fromisoformat(told["signed_at"]).tzinfo


def test_whom_nobody_vouches_for(trust):
    assert result(signed(identity=certified("UGO NERI"))) == S.UNKNOWN_ISSUER
    (trust / "issuer.pem").unlink()
    assert result(signed()) == S.UNKNOWN_ISSUER


def test_certificates_that_are_past_or_taken_back():
    assert result(signed(identity=certified("UGO NERI", authority(), until=-3))) == S.EXPIRED
    taken_back = certified("UGO NERI", authority())
    assert result(signed(identity=taken_back, crl=revoked(taken_back))) == S.REVOKED


def test_what_changes_after_signing_shows():
    content = signed()
    at = content.index(b"200 200")
    assert result(content[:at] + b"300" + content[at + 3 :]) == S.ALTERED
    assert result(updated(content)) == S.ALTERED
    assert result(signed(updated(content), field="Seconda")) == S.ALTERED  # hidden between two signatures


def test_two_who_sign_one_after_the_other_are_both_told():
    told = found(signed(signed(), certified("UGO NERI", authority()), field="Seconda"))
    assert told["result"] == S.VALID
    assert [one["signer"] for one in told["signatures"]] == [SIGNER, "UGO NERI"]


def test_the_worst_of_several_signatures_counts():
    expired = certified("UGO NERI", authority(), until=-3)
    assert result(signed(signed(), expired, field="Seconda")) == S.EXPIRED


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (blank_pdf(), S.UNSIGNED),
        (b"%PDF-1.7 nothing of the kind", S.UNREADABLE),
        (signed()[:300], S.UNREADABLE),
        (b"", S.UNREADABLE),
        (b"%PDF-1.7\n" + b"[" * 200_000 + b"\nstartxref\n0\n%%EOF", S.UNREADABLE),
        (b"0" + os.urandom(4_000), S.UNREADABLE),
        (b"0\x84\xff\xff\xff\xff" + b"0\x80" * 50_000, S.UNREADABLE),
    ],
    ids=["unsigned", "junk", "cut", "empty", "deep", "noise", "deep envelope"],
)
def test_what_is_no_signature_is_told_apart(content, expected):
    assert result(content) == expected


def test_too_many_signatures_are_not_looked_at():
    content = signed()
    for number in range(20):
        content = signed(content, field=f"F{number}")
    assert result(content) == S.UNREADABLE


def test_a_bomb_costs_no_more_than_it_may():
    """Two gigabytes of nothing in a stream of cross-references."""
    packer = zlib.compressobj(9)
    block = bytes(1 << 24)
    packed = b"".join([*(packer.compress(block) for _time in range(128)), packer.flush()])
    head = b"%%PDF-1.7\n1 0 obj\n<< /Type /XRef /Size 9 /W [1 2 1] /Root 2 0 R /Filter /FlateDecode /Length %d >>\n"
    content = head % len(packed) + b"stream\n" + packed + b"\nendstream\nendobj\nstartxref\n9\n%%EOF\n"
    assert result(content) == S.UNREADABLE


def test_the_process_asks_no_network_and_writes_nothing():
    code = (
        "import sys, socket; from vivaio.applications.signing import child; child._shut_the_network();"
        "s = socket.socket(); s.connect(('127.0.0.1', int(sys.argv[1])))"
    )
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = str(server.getsockname()[1])
        done = subprocess.run([sys.executable, "-c", code, port], capture_output=True, check=False)
    assert done.returncode == 1
    assert b"asks no network" in done.stderr


def test_a_p7m_is_read_too():
    told = found(enveloped(blank_pdf()))
    assert (told["result"], told["signer"]) == (S.VALID, SIGNER)
    assert result(reversed_content(enveloped(blank_pdf()))) == S.ALTERED
    assert result(enveloped(blank_pdf(), inside=False)) == S.UNREADABLE


def test_the_application_signed_as_it_was_prepared_is_handed_in():
    application = to_sign("pades")
    point_of(application)
    made = came_back(application, signed(paper_bytes(application)))
    assert made.state == S.VALID
    assert made.signer == SIGNER
    submit(Application.objects.get(pk=application.pk))
    assert outcome_of(application) == CheckOutcome.MET  # Ada Verdi is on record


def test_as_a_p7m_too():
    application = to_sign("pades")
    content = enveloped(paper_bytes(application))
    assert came_back(application, content, "firmata.pdf.p7m").state == S.VALID


@pytest.mark.parametrize(
    "other",
    [
        lambda paper: signed(blank_pdf()),
        lambda paper: signed(updated(paper)),
        lambda paper: enveloped(blank_pdf()),
    ],
    ids=["another file", "other pages before the signature", "another envelope"],
)
def test_another_document_is_not_this_one(other):
    application = to_sign("pades")
    assert came_back(application, other(paper_bytes(application))).state == S.OTHER_DOCUMENT
    with pytest.raises(Refused, match="Firma di un altro documento"):
        submit(Application.objects.get(pk=application.pk))


def test_what_is_broken_is_refused_and_what_is_doubtful_goes_to_the_staff():
    application = to_sign("pades")
    point_of(application)
    came_back(application, paper_bytes(application))
    with pytest.raises(Refused, match="Non firmato"):
        submit(Application.objects.get(pk=application.pk))
    made = came_back(application, signed(paper_bytes(application), certified("UGO NERI")))
    assert made.state == S.UNKNOWN_ISSUER
    assert Signature.objects.filter(superseded_at=None).count() == 1
    submit(Application.objects.get(pk=application.pk))
    assert outcome_of(application) == CheckOutcome.UNKNOWN


def test_another_signer_is_a_point_for_the_staff_and_excludes_nobody():
    application = to_sign("pades")
    point_of(application)
    came_back(application, signed(paper_bytes(application), certified("UGO NERI", authority())))
    assert submit(Application.objects.get(pk=application.pk)).state == ApplicationState.SUBMITTED
    assert outcome_of(application) == CheckOutcome.UNKNOWN


def test_an_answer_is_checked_when_it_is_given_and_lapses_when_it_goes():
    application = to_sign(question="pades")
    upload = SimpleUploadedFile("statuto.pdf", signed())
    by = application.created_by
    applications.save_posted(application, Posted(uploads=[("drawing", upload)]), by=by, step=2)
    made = Signature.objects.get()
    assert made.state == S.CHECKING
    application = Application.objects.get(pk=application.pk)
    assert "in corso" in str(rules.hand_in(application))
    assert actions.check(made.pk, seconds=60)
    assert rules.hand_in(application) is None
    applications.save_posted(application, Posted(removals=[("drawing", str(made.document))]), by=by, step=2)
    made.refresh_from_db()
    assert made.superseded_at
    assert rules.hand_in(Application.objects.get(pk=application.pk)) is None  # the answer may stay empty


def test_a_check_that_never_ends_holds_nobody_up():
    application = to_sign(question="pades")
    upload = SimpleUploadedFile("statuto.pdf", signed())
    applications.save_posted(
        application, Posted(uploads=[("drawing", upload)]), by=application.created_by, step=2
    )
    assert actions.check(Signature.objects.get().pk, seconds=0.001) is False
    Signature.objects.update(created_at=dt.datetime.now(dt.UTC) - dt.timedelta(minutes=10))
    assert rules.hand_in(Application.objects.get(pk=application.pk)) is None


@pytest.mark.django_db(transaction=True)
def test_the_worker_checks_what_the_page_did_not_wait_for(worker, monkeypatch):
    application = to_sign("pades")
    checked = files.check(ContentFile(signed(paper_bytes(application)), name="a.pdf"), kinds=("pdf",))
    actions.add_signed(application, prepared(application).pk, checked, by=application.created_by)
    worker()
    assert Signature.objects.get().state == S.VALID
    actions.check_to_the_end(Signature.objects.get().pk)  # twice is as once


def test_the_page_shows_the_result_and_what_to_do(client):
    application = to_sign("pades")
    client.force_login(application.created_by)
    paper = prepared(application)
    upload = SimpleUploadedFile("firmata.pdf", paper.file.read())
    client.post(signing_page(application), {"act": "signed", "document": paper.pk, "file": upload})
    made = Signature.objects.get()
    if made.state == S.CHECKING:  # the machine was slow
        page = client.get(signing_page(application)).content.decode()
        assert "every 3s" in page
        actions.check(made.pk, seconds=60)
    page = client.get(signing_page(application)).content.decode()
    assert "Non firmato" in page
    assert "Non porta nessuna firma digitale" in page
    wrong = SimpleUploadedFile("virus.exe", b"MZ" + os.urandom(50))
    said = client.post(signing_page(application), {"act": "signed", "document": paper.pk, "file": wrong})
    assert "non è stato aggiunto" in said.content.decode()


def test_the_signed_file_is_for_the_team_and_the_staff(client):
    application = to_sign("pades")
    made = came_back(application, signed(paper_bytes(application)))
    address = reverse("applications:signed_file", args=[application.pk, made.pk])
    for person, status in (
        (application.created_by, 200),
        (ApplicationFactory().created_by, 404),
        (holder(application.call.programme, "secretary"), 404),  # a draft is its team's alone
    ):
        client.force_login(person)
        assert client.get(address).status_code == status
    submit(Application.objects.get(pk=application.pk))
    assert client.get(address).status_code == 200


def test_the_staff_settles_what_the_check_left_open_and_its_team_learns_nothing(client):
    application = to_sign("pades")
    point_of(application)
    made = came_back(application, signed(paper_bytes(application), certified("VERDI ADA")))
    submit(Application.objects.get(pk=application.pk))
    secretary = holder(application.call.programme, "secretary")
    client.force_login(secretary)
    address = reverse("applications:signature_look", args=[made.pk])
    client.post(address, {"good": "no", "note": "Chiesto al rilascio."})
    made.refresh_from_db()
    assert (made.state, made.looked_by) == (S.REJECTED, secretary)
    assert outcome_of(application) == CheckOutcome.NOT_MET
    client.post(address, {"good": "yes", "note": ""})
    assert outcome_of(application) == CheckOutcome.MET
    client.force_login(application.created_by)
    page = client.get(application.get_absolute_url()).content.decode()
    assert "Emittente non riconosciuto" in page
    assert "Trovata" not in page
    client.force_login(ApplicationFactory().created_by)
    assert client.post(address, {"good": "no"}).status_code == 404


def test_trust_is_brought_in_from_certificates_and_from_a_list(trust, tmp_path, capsys):
    (trust / "issuer.pem").unlink()
    one = tmp_path / "one.pem"
    one.write_bytes(authority().pem)
    call_command("trust", "import", str(one))
    call_command("trust", "list")
    assert "Autorità di prova" in capsys.readouterr().out
    assert result(signed()) == S.VALID
    other = certified("Altra autorità", authority=True)
    listed = tmp_path / "list.xml"
    listed.write_text(etsi(other, "granted") + "")
    call_command("trust", "import", str(listed))
    assert len(trusting.listed(trust)) == 2
    listed.write_text(etsi(certified("Ritirata", authority=True), "withdrawn"))
    with pytest.raises(CommandError):
        call_command("trust", "import", str(listed))


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"not a certificate",
        b"<a>",
        b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>',
        b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;&b;">]><a>&c;</a>',
    ],
)
def test_a_hostile_list_is_not_taken(content, trust):
    before = list(trust.iterdir())
    with pytest.raises(trusting.NotTaken):
        trusting.bring(content, trust)
    assert list(trust.iterdir()) == before


def etsi(identity, status):
    import base64

    from cryptography.hazmat.primitives.serialization import Encoding

    der = base64.b64encode(identity.certificate.public_bytes(Encoding.DER)).decode()
    return f"""<?xml version="1.0"?>
<TrustServiceStatusList xmlns="http://uri.etsi.org/02231/v2#"><TrustServiceProviderList><TrustServiceProvider>
<TSPServices><TSPService><ServiceInformation>
<ServiceTypeIdentifier>http://uri.etsi.org/TrstSvc/Svctype/CA/QC</ServiceTypeIdentifier>
<ServiceDigitalIdentity><DigitalId><X509Certificate>{der}</X509Certificate></DigitalId></ServiceDigitalIdentity>
<ServiceStatus>http://uri.etsi.org/TrstSvc/TrustedList/Svcstatus/{status}</ServiceStatus>
</ServiceInformation></TSPService></TSPServices>
</TrustServiceProvider></TrustServiceProviderList></TrustServiceStatusList>"""
