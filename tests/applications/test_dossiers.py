"""Applications taken out of the list: one document, or folders with their files; made by a job, for one person."""

import csv
import datetime as dt
import hashlib
import io
import zipfile

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.urls import reverse
from pypdf import PdfReader

from tests.applications.test_detached import drawing
from tests.applications.test_submission import submit
from tests.factories.applications import close, handed_in, open_call
from tests.factories.programmes import holder
from tests.factories.questionnaires import FULL, ResponseFactory
from tests.factories.signing import blank_pdf, to_sign
from vivaio.applications import actions as applications
from vivaio.applications.dossiers import actions, queries, writing
from vivaio.applications.models import Application, Dossier, DossierVolume
from vivaio.applications.signing import actions as signing
from vivaio.applications.signing.forms import PICTURES
from vivaio.applications.states import ApplicationState, DossierFailure, DossierKind, DossierState
from vivaio.journal.models import Record
from vivaio.kit import clock, documents, files
from vivaio.mailroom.models import OutgoingLetter
from vivaio.programmes.models import RoleHolding

pytestmark = pytest.mark.django_db
TAKE = {"act": "applications.take_out"}


@pytest.fixture(autouse=True)
def stored(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def with_file(call, title, content=b"%PDF-1.7 una pianta", name="pianta.pdf"):
    response = ResponseFactory(version=call.form)
    digest = hashlib.sha256(content).hexdigest()
    kept = response.attachments.create(
        path="drawing", name=name, content_type="application/pdf", size=len(content), sha256=digest,
        file=default_storage.save("answers/x", ContentFile(content)),
    )  # fmt: skip
    answer = [{"id": str(kept.pk), "name": kept.name, "size": kept.size, "sha256": digest}]
    response.answers = FULL | {"title": title, "drawing": answer}
    response.save()
    return handed_in(call, response=response, title=title)


def chosen(rows, by, kind=DossierKind.PDF, **more):
    call = rows[0].call
    made = actions.choose(call, [row.pk for row in rows], back="/it/", by=by)
    return actions.begin(made, kind, notes=more.get("notes", False), by=by)


def made(dossier):
    for _volume in range(20):
        dossier.refresh_from_db()
        if dossier.state != DossierState.UNDER_WAY:
            break
        actions.carry_on(dossier.pk)
    return dossier


def content(client, volume):
    answer = client.post(reverse("applications:dossier_volume", args=[volume.pk]))
    assert answer.status_code == 200, answer.headers
    return answer, b"".join(answer.streaming_content)


def files_in(folder):
    return [path for path in folder.rglob("dossiers/*") if path.is_file()]


def said(client, answer):
    return client.get(answer["Location"]).content.decode()


def test_all_that_was_found_becomes_one_document_with_contents_and_bookmarks(client, secretary_of):
    call = close(open_call())
    for number in range(3):
        handed_in(call, title=f"Cortile {number}")
    left = handed_in(call, title="Ritirata", state=ApplicationState.WITHDRAWN)
    person = secretary_of(call)
    page = reverse("applications:received", args=[call.programme.slug, call.slug])
    offered = client.get(page).content.decode()
    assert "Scaricale tutte e 4 in PDF o ZIP" in offered
    assert "Guarda che cosa cambierebbe" not in offered, "a letter and a folder change nothing"
    answer = client.post(f"{page}?state=submitted", {**TAKE, "scope": "found"})
    asked = client.get(answer["Location"]).content.decode()
    assert "Scarica 3 candidature" in asked
    client.post(answer["Location"], {"kind": "pdf"})
    dossier = made(Dossier.objects.get())
    assert (dossier.state, dossier.total, dossier.left_out) == (DossierState.READY, 3, 0)
    (volume,) = queries.whole(dossier)
    head, pdf = content(client, volume)
    assert head["Content-Type"] == "application/pdf"
    assert hashlib.sha256(pdf).hexdigest() == volume.sha256
    document = PdfReader(io.BytesIO(pdf))
    contents = " ".join(page.extract_text() for page in document.pages[:2])
    assert "Candidature in questo documento" in contents
    names = [one.title for one in document.outline[1] if not isinstance(one, list)]
    assert names == [f"Candidatura n. {n + 1}. Cortile {n}" for n in range(3)]
    assert document.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert left.title not in "".join(page.extract_text() for page in document.pages)
    letter = OutgoingLetter.objects.get(letter="applications.dossier_ready")
    assert letter.recipient_email == person.email
    assert dossier.get_absolute_url() in letter.text
    verbs = list(Record.objects.filter(subject_id=dossier.pk).values_list("verb", "actor"))
    assert ("application.dossier_fetched", person.pk) in verbs
    assert "3 candidature" in str(dossier)


def test_ticked_rows_become_folders_with_their_files_and_an_index_of_digests(client, secretary_of):
    call = close(open_call())
    one = with_file(call, "Orto / cortile: «prova»?", name="../../CON.pdf")
    two = with_file(call, "=SUM(A1)", b"%PDF-1.7 altra")
    handed_in(call)
    secretary_of(call)
    page = reverse("applications:received", args=[call.programme.slug, call.slug])
    answer = client.post(page, {**TAKE, "scope": "ticked", "row": [one.pk, two.pk]})
    client.post(answer["Location"], {"kind": "zip"})
    dossier = made(Dossier.objects.get())
    (volume,) = queries.whole(dossier)
    pack = zipfile.ZipFile(io.BytesIO(content(client, volume)[1]))
    assert pack.testzip() is None
    names = set(pack.namelist())
    assert names == {
        "0001 Orto cortile «prova»/candidatura-1.pdf",
        "0001 Orto cortile «prova»/allegati/01 CON.pdf",
        "0002 =SUM(A1)/candidatura-2.pdf",
        "0002 =SUM(A1)/allegati/01 pianta.pdf",
        "indice.csv",
        "indice.xlsx",
    }
    rows = list(csv.reader(io.StringIO(pack.read("indice.csv").decode("utf-8-sig")), delimiter=";"))
    assert len(rows) == 5
    for row in rows[1:]:
        assert hashlib.sha256(pack.read(row[6].removeprefix("'"))).hexdigest() == row[8]
    assert rows[3][1] == "'=SUM(A1)"


def test_what_was_signed_and_what_came_back_signed_go_along_and_no_identity_document(client, secretary_of):
    application = to_sign("scan")
    paper = signing.prepare(application, language="it", by=application.created_by)
    signing.add_scan(
        application,
        "",
        paper.pk,
        scan=files.check(ContentFile(blank_pdf(), name="firmata.pdf"), kinds=PICTURES),
        identity=files.check(drawing(), kinds=PICTURES),
        by=application.created_by,
    )
    submit(Application.objects.get(pk=application.pk))
    dossier = made(chosen([application], secretary_of(application.call), DossierKind.ZIP))
    pack = zipfile.ZipFile(io.BytesIO(content(client, queries.whole(dossier)[0])[1]))
    within = [name.rpartition("/")[2] for name in pack.namelist() if "/allegati/" in name]
    assert within == ["01 candidatura-da-firmare.pdf", "02 firmata.pdf"]
    paper.file.open()
    assert paper.file.read() in [pack.read(name) for name in pack.namelist()]


def test_a_file_that_the_storage_has_lost_is_named_in_the_index(client, secretary_of):
    call = close(open_call())
    lost = with_file(call, "Senza file")
    default_storage.delete(lost.response.attachments.get().file.name)
    dossier = made(chosen([lost], secretary_of(call), DossierKind.ZIP))
    pack = zipfile.ZipFile(io.BytesIO(content(client, queries.whole(dossier)[0])[1]))
    assert "pianta.pdf non è nell’archivio" in pack.read("indice.csv").decode()


def test_notes_of_the_staff_are_there_only_where_they_were_chosen(client, secretary_of):
    call = close(open_call())
    application = handed_in(call)
    condition = call.conditions.create(key="sede", title="Sede a Milano", position=1)
    application.checks.create(condition=condition, outcome="met", note="Visto lo statuto.")
    person = secretary_of(call)

    def text(**more):
        dossier = made(chosen([application], person, **more))
        pdf = content(client, queries.whole(dossier)[0])[1]
        return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)

    assert "Visto lo statuto." not in text()
    assert "Visto lo statuto." in text(notes=True)


def test_many_come_in_volumes_and_each_job_makes_one(client, secretary_of, monkeypatch):
    monkeypatch.setattr(writing, "MOST_IN_PDF", 2)
    call = close(open_call())
    rows = [handed_in(call) for _ in range(5)]
    dossier = chosen(rows, secretary_of(call))
    actions.carry_on(dossier.pk)
    dossier.refresh_from_db()
    assert (dossier.state, dossier.position) == (DossierState.UNDER_WAY, 2)
    made(dossier)
    assert [len(volume.applications) for volume in queries.whole(dossier)] == [2, 2, 1]
    assert sorted(pk for volume in queries.whole(dossier) for pk in volume.applications) == sorted(
        str(row.pk) for row in rows
    )


def test_what_may_not_be_read_when_its_turn_comes_is_left_out(client, secretary_of):
    call = close(open_call())
    kept, reopened = handed_in(call), handed_in(call)
    dossier = chosen([kept, reopened], secretary_of(call))
    reopened.state = ApplicationState.DRAFT
    reopened.save()
    made(dossier)
    assert (dossier.taken, dossier.left_out) == (1, 1)
    assert "1 candidatura è rimasta fuori" in client.get(dossier.get_absolute_url()).content.decode()


@pytest.mark.parametrize("kind", DossierKind)
def test_what_cannot_be_set_as_a_document_is_left_out_and_the_rest_is_there(
    client, secretary_of, monkeypatch, kind
):
    call = open_call()
    rows = [with_file(call, title) for title in ("Orto di via Neera", "Che non si compone")]
    close(call)
    set_as_pdf = documents.pdf

    def refused(template, data, **more):
        if "Che non si compone" in str(data):
            raise documents.DocumentFailed("the compiler’s words")
        return set_as_pdf(template, data, **more)

    monkeypatch.setattr(documents, "pdf", refused)
    found = made(chosen(rows, secretary_of(call), kind))
    assert (found.state, found.taken, found.left_out) == (DossierState.READY, 1, 1)
    assert [volume.applications for volume in queries.whole(found)] == [[str(rows[0].pk)]]


def test_who_loses_the_role_meanwhile_gets_nothing(client, secretary_of):
    call = close(open_call())
    person = secretary_of(call)
    dossier = chosen([handed_in(call)], person)
    RoleHolding.objects.filter(person=person).delete()
    made(dossier)
    assert (dossier.state, dossier.failure) == (DossierState.FAILED, DossierFailure.NOTHING)
    assert client.get(dossier.get_absolute_url()).status_code == 404


def test_the_permission_is_asked_again_when_it_is_fetched(client, secretary_of, stored):
    call = close(open_call())
    one, two = handed_in(call), handed_in(call)
    person = secretary_of(call)
    dossier = made(chosen([one, two], person))
    (volume,) = queries.whole(dossier)
    address = reverse("applications:dossier_volume", args=[volume.pk])
    applications.empty(one.pk)
    refused = client.post(address)
    assert refused.status_code == 302
    assert "riaperta dal suo gruppo o cancellata" in said(client, refused)
    client.force_login(holder(call.programme, "manager"))
    assert client.post(address).status_code == 404
    assert client.get(dossier.get_absolute_url()).status_code == 404
    client.force_login(person)
    RoleHolding.objects.filter(person=person).delete()
    assert client.post(address).status_code == 404
    assert not Record.objects.filter(verb="application.dossier_fetched").exists()


def test_one_at_a_time_and_asked_twice_it_begins_once(client, secretary_of):
    call = close(open_call())
    person = secretary_of(call)
    dossier = chosen([handed_in(call)], person)
    client.post(dossier.get_absolute_url(), {"kind": "zip"})
    dossier.refresh_from_db()
    assert dossier.kind == DossierKind.PDF
    other = actions.choose(call, [handed_in(call).pk], back="/it/", by=person)
    answer = client.post(other.get_absolute_url(), {"kind": "pdf"})
    assert "aspetta che finiscano, oppure annullale" in said(client, answer)
    assert Record.objects.filter(verb="application.dossier_asked").count() == 1


def test_progress_is_sent_only_when_it_changed_and_the_page_follows_the_end(client, secretary_of):
    call = close(open_call())
    dossier = chosen([handed_in(call)], secretary_of(call))
    page = client.get(dossier.get_absolute_url()).content.decode()
    address = reverse("applications:dossier_progress", args=[dossier.pk])
    assert address in page
    first = client.get(address)
    assert client.get(address, headers={"if-none-match": first["ETag"]}).status_code == 304
    Dossier.objects.update(reached=1)
    assert client.get(address, headers={"if-none-match": first["ETag"]}).status_code == 200
    made(dossier)
    over = client.get(address, headers={"if-none-match": first["ETag"], "HX-Request": "true"})
    assert over["HX-Refresh"] == "true"


def test_called_off_it_leaves_no_file_and_work_in_hand_stops(client, secretary_of, stored, monkeypatch):
    monkeypatch.setattr(writing, "MOST_IN_PDF", 1)
    call = close(open_call())
    dossier = chosen([handed_in(call), handed_in(call)], secretary_of(call))
    actions.carry_on(dossier.pk)
    assert len(files_in(stored)) == 1
    client.post(reverse("applications:dossier_cancel", args=[dossier.pk]))
    made(dossier)
    assert dossier.state == DossierState.CANCELLED
    assert not DossierVolume.objects.exists()


def test_work_that_was_overtaken_keeps_nothing(client, secretary_of, stored):
    call = close(open_call())
    dossier = chosen([handed_in(call)], secretary_of(call))
    first = actions._taken_up(dossier.pk)
    actions._taken_up(dossier.pk)
    with pytest.raises(actions.Overtaken):
        actions._reached(first, 1)
    made(dossier)
    assert dossier.state == DossierState.READY
    assert DossierVolume.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_died_half_way_leaves_no_file(client, secretary_of, stored):
    call = close(open_call())
    dossier = chosen([handed_in(call)], secretary_of(call))
    left = DossierVolume(dossier=dossier, number=1)
    left.file.name = default_storage.save("dossiers/half", ContentFile(b"half"))
    left.save()
    assert len(files_in(stored)) == 1
    made(dossier)
    assert dossier.state == DossierState.READY
    (volume,) = queries.whole(dossier)
    assert [str(path.relative_to(stored)) for path in files_in(stored)] == [volume.file.name]
    client.post(reverse("applications:dossier_delete", args=[dossier.pk]))
    assert files_in(stored) == []


@pytest.mark.django_db(transaction=True)
def test_after_a_day_the_files_go_and_what_was_asked_stays_written(client, secretary_of, stored):
    call = close(open_call())
    dossier = made(chosen([handed_in(call)], secretary_of(call)))
    actions.expire(dossier.pk)
    assert len(files_in(stored)) == 1
    Dossier.objects.update(expires_at=clock.now() - dt.timedelta(minutes=1))
    assert queries.expired() == [dossier.pk]
    actions.expire(dossier.pk)
    dossier.refresh_from_db()
    assert files_in(stored) == []
    page = reverse("applications:dossiers", args=[call.programme.slug, call.slug])
    assert "1 candidatura di" in client.get(page).content.decode()


def test_what_nobody_works_at_any_more_has_failed_and_what_was_never_asked_goes(secretary_of):
    call = close(open_call())
    person = secretary_of(call)
    dossier = chosen([handed_in(call)], person)
    actions.choose(call, [], back="", by=person)
    long_ago = clock.now() - dt.timedelta(days=2)
    Dossier.objects.update(updated_at=long_ago, created_at=long_ago)
    for pk in queries.silent():
        actions.fail(pk, DossierFailure.STOPPED)
    actions.forget()
    assert [one.state for one in Dossier.objects.all()] == [DossierState.FAILED]
    assert Dossier.objects.get().pk == dossier.pk


def test_a_full_disk_ends_it_in_words(client, secretary_of, monkeypatch):
    call = close(open_call())
    dossier = chosen([handed_in(call)], secretary_of(call))

    def full(*_given, **_named):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(default_storage, "save", full)
    made(dossier)
    assert (dossier.state, dossier.failure) == (DossierState.FAILED, DossierFailure.NO_ROOM)
    assert "non c’era più spazio" in client.get(dossier.get_absolute_url()).content.decode()
    assert not DossierVolume.objects.exists()


def test_applicants_and_others_do_not_take_anything_out(client, secretary_of):
    call = close(open_call())
    application = handed_in(call)
    page = reverse("applications:received", args=[call.programme.slug, call.slug])
    for person in (application.created_by, secretary_of(call, role="juror"), secretary_of(open_call())):
        client.force_login(person)
        assert client.post(page, {**TAKE, "scope": "found"}).status_code == 404
    assert not Dossier.objects.exists()
