"""A blind review: nothing that a juror can reach tells who applies."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.factories.api import program_of
from tests.factories.blinding import FORM, SENTINEL, blind_application, blind_sheet
from tests.factories.jury import AssignmentFactory, ConflictFactory
from tests.factories.programmes import holder
from tests.jury.test_panel import address
from vivaio.applications import answers
from vivaio.calls.states import Reviewing
from vivaio.journal.models import Record
from vivaio.jury.actions import scoring
from vivaio.jury.blinding import actions, queries
from vivaio.jury.models import BlindFile, Conflict
from vivaio.jury.states import AssignmentState, ConflictSource, Showing
from vivaio.kit import files
from vivaio.kit.rules import Refused
from vivaio.mailroom.models import OutgoingLetter
from vivaio.questionnaires.engine import bookwriting, twin, workbook

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\nstartxref\n9\n%%EOF\n"
LINKS = re.compile(r"""(?:href|src|action|data-autosave-url)=["'](/[^"'#]*)""")
LEAVES = ("/logout", "/static/", "/media/", "/accounts/", "/i18n/")


def url(sheet, name="sheet", *more):
    return reverse(f"jury:{name}", args=[sheet.juror.panel_id, sheet.pk, *more])


def told(answer):
    """All that an answer says: its body, its headers."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return body.decode("utf-8", "replace") + str(dict(answer.items()))


def crawl(client, *starts, most=400):
    """Every page that links lead to, with what it says."""
    found, waiting = {}, list(starts)
    while waiting and len(found) < most:
        path = waiting.pop()
        if path in found or any(part in path for part in LEAVES):
            continue
        answer = client.get(path)
        found[path] = (answer.status_code, told(answer))
        if answer.status_code in (301, 302):
            waiting.append(answer["Location"].partition("#")[0])
        elif "html" in answer.get("Content-Type", ""):
            waiting += LINKS.findall(found[path][1].replace("&amp;", "&"))
    return found


@pytest.mark.parametrize("reviewing", [Reviewing.BLIND, Reviewing.BLIND_TITLES])
def test_no_page_that_a_juror_reaches_tells_who_applies(client, reviewing):
    title = "Un titolo" if reviewing == Reviewing.BLIND else f"Titolo {SENTINEL}"
    sheet = blind_sheet(reviewing, title)
    call = sheet.juror.panel.call
    AssignmentFactory(juror=sheet.juror, application=blind_application(call, title))
    tied = AssignmentFactory(
        juror=sheet.juror, application=blind_application(call, title), state=AssignmentState.RECUSED
    )
    ConflictFactory(juror=sheet.juror, application=tied.application, source=ConflictSource.FOUND)
    client.force_login(sheet.juror.person)
    application = sheet.application
    guesses = [
        url(sheet, "attachment", file.pk)
        for file in (application.drawing, application.statute, application.came)
    ]
    guesses += [reverse("applications:application", args=[application.pk]), "/it/search/?q=lambro"]
    guesses += [
        address(call, name) for name in ("panel", "progress", "assignment", "blind", "ranking", "conflicts")
    ]
    guesses += [url(tied), reverse("jury:recuse", args=[sheet.juror.panel_id, sheet.pk])]
    seen = crawl(
        client, "/it/", "/en/", url(sheet), reverse("jury:desk", args=[sheet.juror.panel_id]), *guesses
    )
    assert len(seen) > 20
    assert seen[url(sheet)][0] == 200
    assert "Riaprire tre portinerie." in seen[url(sheet)][1]
    assert "Trenta soci." in seen[url(sheet)][1], "what a hidden answer asks for is still asked"
    leaks = {
        path: text[max(0, text.lower().find("sentinella") - 200) : text.lower().find("sentinella") + 80]
        for path, (_status, text) in seen.items()
        if SENTINEL.lower() in text.lower()
    }
    assert leaks == {}


def test_programs_letters_and_saves_do_not_tell_either(client, mailoutbox):
    sheet = blind_sheet(Reviewing.BLIND_TITLES, f"Titolo {SENTINEL}")
    program = program_of(sheet.juror.person)
    listed, read = (
        program.get("/api/v1/jury/assignments"),
        program.get(f"/api/v1/jury/assignments/{sheet.pk}"),
    )
    wrote = program.patch(
        f"/api/v1/jury/assignments/{sheet.pk}", {"scores": {"bisogno": 3}}, content_type="application/json"
    )
    for answer in (listed, read, wrote):
        assert answer.status_code == 200
        assert SENTINEL.lower() not in told(answer).lower()
    assert listed.json()["items"][0]["title"] == "Candidatura n. 1"
    client.force_login(sheet.juror.person)
    saved = client.post(
        url(sheet, "autosave"), '{"changes": [{"path": "score-bisogno", "value": "4"}]}', "application/json"
    )
    assert SENTINEL not in told(saved)
    scoring.remind(sheet.juror.panel, by=holder(sheet.juror.panel.call.programme, "manager"))
    letters = OutgoingLetter.objects.all()
    assert letters.exists()
    assert not any(SENTINEL in f"{one.subject} {one.text} {one.html}" for one in letters)


def test_a_file_that_would_tell_is_refused_in_words_and_the_others_lose_their_names(client):
    sheet = blind_sheet()
    client.force_login(sheet.juror.person)
    for file in (sheet.application.statute, sheet.application.came):
        answer = client.get(url(sheet, "attachment", file.pk), headers={"Accept-Language": "en"})
        assert answer.status_code == 403
    english = client.get(url(sheet, "attachment", sheet.application.statute.pk).replace("/it/", "/en/"))
    assert "withheld" in english.content.decode()
    shown = client.get(url(sheet, "attachment", sheet.application.drawing.pk))
    assert shown.status_code == 200
    assert SENTINEL not in shown["Content-Disposition"]


def test_a_copy_without_names_takes_the_place_of_the_file(client):
    sheet = blind_sheet()
    manager = holder(sheet.juror.panel.call.programme, "manager")
    page = address(sheet.juror.panel.call, "blinded", pk=sheet.application.pk)
    client.force_login(manager)
    assert SENTINEL in client.get(page).content.decode(), "the staff reads all"
    sent = {"file": str(sheet.application.statute.pk), "showing": "copy"}
    assert client.post(page, sent).status_code == 422
    copy = SimpleUploadedFile("senza nomi.pdf", PDF, content_type="application/pdf")
    assert client.post(page, {**sent, "copy": copy}).status_code == 302
    assert Record.objects.filter(verb="jury.blind_file_decided").count() == 1
    client.force_login(sheet.juror.person)
    assert "Allegato 2.pdf" in client.get(url(sheet)).content.decode()
    served = client.get(url(sheet, "attachment", sheet.application.statute.pk))
    assert b"".join(served.streaming_content) == PDF
    client.force_login(manager)
    client.post(page, {"file": str(sheet.application.drawing.pk), "showing": "withheld"})
    client.force_login(sheet.juror.person)
    assert client.get(url(sheet, "attachment", sheet.application.drawing.pk)).status_code == 403


def test_the_declaration_names_nobody_and_takes_no_conflict_back(client):
    sheet = blind_sheet()
    juror = sheet.juror
    juror.conflicts_declared_at = None
    juror.save()
    declared = ConflictFactory(
        juror=juror, application=blind_application(juror.panel.call), source=ConflictSource.DECLARED
    )
    client.force_login(juror.person)
    page = reverse("jury:declaration", args=[juror.panel_id])
    assert client.get(url(sheet)).status_code == 302
    assert SENTINEL not in client.get(page).content.decode()
    assert client.post(page, {"conflict": [str(sheet.application.pk)]}).status_code == 302
    juror.refresh_from_db()
    assert juror.conflicts_declared_at
    assert Conflict.objects.get() == declared
    assert client.get(url(sheet)).status_code == 200


def test_who_believes_to_know_says_so_and_the_application_goes(client):
    sheet = blind_sheet()
    client.force_login(sheet.juror.person)
    page = client.get(url(sheet, "recuse").replace("/it/", "/en/")).content.decode()
    assert "Whose do you believe it is" in page
    client.post(
        url(sheet, "recuse"), {"why": "conflict", "reason": "Credo sia la cooperativa di mia sorella."}
    )
    assert Conflict.objects.get().source == ConflictSource.DECLARED
    assert client.get(url(sheet)).status_code == 404


def test_only_a_blind_review_hides_and_only_staff_decide(in_english):
    sheet = blind_sheet(Reviewing.OPEN)
    manager = holder(sheet.juror.panel.call.programme, "manager")
    assert queries.hidden(sheet.application, sheet.juror.panel.call) == frozenset()
    with pytest.raises(Refused, match="not blind"):
        actions.decide(
            sheet.juror.panel, sheet.application, sheet.application.drawing.pk, Showing.WITHHELD, by=manager
        )
    blind = blind_sheet()
    with pytest.raises(Refused):
        actions.decide(
            blind.juror.panel, blind.application, blind.application.drawing.pk, Showing.WITHHELD,
            by=blind.juror.person,
        )  # fmt: skip
    with pytest.raises(Refused, match="no such file"):
        actions.decide(
            blind.juror.panel, blind.application, sheet.application.drawing.pk, Showing.WITHHELD,
            by=holder(blind.juror.panel.call.programme, "manager"),
        )  # fmt: skip


def test_copies_go_when_the_files_go():
    sheet = blind_sheet()
    copy = files.check(SimpleUploadedFile("a.pdf", PDF), kinds=("pdf",))
    manager = holder(sheet.juror.panel.call.programme, "manager")
    actions.decide(
        sheet.juror.panel,
        sheet.application,
        sheet.application.statute.pk,
        Showing.COPY,
        copy=copy,
        by=manager,
    )
    actions.forget(sheet.application.pk)
    assert not BlindFile.objects.exists()


def test_the_mark_travels_with_the_form():
    definition = twin.read_text(FORM.encode()).definition
    marked = {name for name, one in definition.by_name.items() if one.identifying}
    assert marked == {"name", "kind", "contacts", "statute", "member"}
    assert workbook.read(bookwriting.write(definition)).definition == definition
    assert twin.read(twin.write(definition)).definition == definition
    wrong = twin.read_text(FORM.replace("identifying: true", "identifying: forse", 1).encode())
    assert "forse" in str(wrong.problems[0])


def test_frozen_answers_are_read_blind_too():
    """An answer is hidden by the version that it answers: a later mark does not reach what was handed in."""
    sheet = blind_sheet()
    call = sheet.juror.panel.call
    read = queries.reading(sheet.application, call)
    assert SENTINEL not in str(read)
    assert "…" in next(block.label for block in read.blocks if block.name == "idea")
    assert SENTINEL in str(answers.reading(sheet.application))
