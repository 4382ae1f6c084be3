"""Uploads: sound files pass under a name nobody can guess, all others are refused with a way out."""

import gzip
import hashlib
import io
import struct
import time
import tracemalloc
import zipfile
import zlib
from types import SimpleNamespace

import openpyxl
import pytest
from django import forms
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import Http404
from django.utils.html import escape
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from tests.factories.applications import ApplicationFactory
from vivaio.kit import files
from vivaio.questionnaires.models import Attachment

PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\nstartxref\n9\n%%EOF\n"


def picture(form="PNG", size=(8, 8)):
    target = io.BytesIO()
    Image.new("RGB", size, "green").save(target, form)
    return target.getvalue()


def box(entries):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in entries.items():
            made.writestr(name, content)
    return target.getvalue()


def workbook():
    target = io.BytesIO()
    openpyxl.Workbook().save(target)
    return target.getvalue()


def docx(**more):
    return box({"[Content_Types].xml": "<Types/>", "word/document.xml": "<w/>", **more})


def check(content, name="file.pdf", **kwargs):
    return files.check(SimpleUploadedFile(name, content), **kwargs)


def refusal(content, name="file.pdf", language="en", **kwargs):
    with override(language):
        with pytest.raises(files.FileRefused) as refused:
            check(content, name, **kwargs)
        return refused.value.messages[0]


@pytest.mark.parametrize(
    ("content", "kind", "suffix"),
    [
        (PDF, "pdf", ".pdf"),
        (picture(), "png", ".png"),
        (picture("JPEG"), "jpeg", ".jpg"),
        (workbook(), "xlsx", ".xlsx"),
        (docx(), "docx", ".docx"),
        (box({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<x/>"}), "odt", ".odt"),
    ],
)
def test_what_is_sound_passes_as_what_it_is(content, kind, suffix):
    checked = check(content, "Progetto.html")
    assert checked.kind == kind
    assert checked.name == f"Progetto.html{suffix}"
    assert checked.size == len(content)
    assert checked.sha256 == hashlib.sha256(content).hexdigest()
    assert "Progetto" not in checked.file.name
    assert checked.file.name.endswith(suffix)
    assert checked.file.read() == content
    assert check(content).file.name != checked.file.name


def test_a_signed_file_passes_where_it_is_asked_for():
    signed = b"0\x80\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02\xa0\x80" + b"\0" * 20
    assert check(signed, "atto.pdf.p7m", kinds=("p7m",)).name == "atto.pdf.p7m"
    assert "Here you can upload" in refusal(signed, "atto.pdf.p7m")


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"", "vuoto.pdf", "empty"),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "banco.heic", "Save it as JPEG"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "a.doc", "old Office"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='x'/>", "logo.png", "program"),
        (b"\xef\xbb\xbf\n<!DOCTYPE html><script>", "a.pdf", "program"),
        (b"<!-- a drawing -->\n<svg onload='alert(1)'/>", "logo.svg", "program"),
        (b" " * 4000 + b"<svg onload='alert(1)'/>", "logo.svg", "program"),
        (b"\x89PNG <svg onload='alert(1)'/>", "logo.png", "program"),
        ("<svg onload='alert(1)'/>".encode("utf-16"), "logo.svg", "Here you can upload"),
        (zlib.compress(b"<svg onload='alert(1)'/>"), "logo.svgz", "Here you can upload"),
        (gzip.compress(b"<svg onload='alert(1)'/>", mtime=0), "logo.svgz", "archive"),
        (b"GIF89a/*" + b"<script>alert(1)</script>", "a.gif", "program"),
        (b"MZ\x90\0" + b"\0" * 60, "a.pdf", "program"),
        (b"#!/bin/sh\nrm", "a.pdf", "program"),
        (b"Rar!\x1a\x07\0", "a.rar", "archive"),
        (box({"a.txt": "a"}), "a.docx", "archive"),
        (docx(**{"word/vbaProject.bin": "x"}), "a.docx", "macros"),
        (docx(**{"../../etc/passwd": "x"}), "a.docx", "damaged"),
        (docx()[:-20], "a.docx", "damaged"),
        (docx(**{"word/big.xml": b"\0" * (101 * 1024 * 1024)}), "a.docx", "too large"),
        (PDF[:40], "a.pdf", "damaged"),
        (b"<html>" + PDF, "a.pdf", "program"),
        (picture("JPEG", (400, 400))[:300], "a.jpg", "damaged"),
        (picture()[:-30], "a.png", "damaged"),
        (b"hello", "a.pdf", "Here you can upload: PDF, JPEG"),
        (b"GIF89a" + b"\0" * 40, "a.gif", "Here you can upload"),
    ],
)
def test_anything_else_is_refused_with_its_name_the_reason_and_the_way_out(content, name, said):
    words = refusal(content, name)
    assert words.startswith(f"“{name}” was not added. ")
    assert said in words
    assert "%" not in words


def lying(entries=1, said=100, real=50 * 1024 * 1024):
    """A box whose entries unfold to more than its directory says of them."""
    content = bytearray(docx(**{f"word/{number}.xml": b"\0" * real for number in range(entries)}))
    true = struct.pack("<I", real)
    place = content.find(true)
    while place >= 0:
        content[place : place + 4] = struct.pack("<I", said)
        place = content.find(true, place + 4)
    return bytes(content)


def overlapping(times=3_000, real=1024 * 1024):
    """A box whose directory names the same packed megabyte again and again: a few kilobytes, gigabytes unfolded."""
    content = docx(**{"word/media.bin": b"\0" * real})
    end = content.rfind(b"PK\x05\x06")
    count, size, begin = struct.unpack("<HII", content[end + 10 : end + 20])
    directory = content[begin : begin + size]
    last = directory[directory.rfind(b"PK\x01\x02") :]
    directory += last * times
    closing = struct.pack(
        "<4sHHHHIIH", b"PK\x05\x06", 0, 0, count + times, count + times, len(directory), begin, 0
    )
    return content[:begin] + directory + closing


@pytest.mark.parametrize(
    ("bomb", "said"),
    [
        (docx(**{"word/a.xml": b"\0" * (90 * 1024 * 1024)}), "too large"),
        (docx(**{f"word/{number}.xml": "" for number in range(5_001)}), "too large"),
        (overlapping(), "too large"),
        (lying(), "damaged"),
        (docx(**{"word/a.zip": box({"b.zip": box({"c": b"\0" * 9_000_000})})}), ""),
    ],
    ids=["thin", "many", "overlapping", "lying", "nested"],
)
def test_a_bomb_costs_little_time_and_memory(bomb, said):
    """What lies in a box inside the box is never unpacked, so that one is let in."""
    tracemalloc.start()
    begun = time.process_time()
    words = refusal(bomb, "a.docx") if said else ""
    assert said in words
    if not said:
        check(bomb, "a.docx")
    assert time.process_time() - begun < 5
    assert tracemalloc.get_traced_memory()[1] < 40 * 1024 * 1024
    tracemalloc.stop()


@pytest.mark.parametrize("name", ["<img src=x onerror=alert(1)>.png", "\"'><svg onload=alert(1)>.png"])
@pytest.mark.django_db
def test_a_name_that_is_code_is_only_ever_text(client, name, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    application = ApplicationFactory()
    client.force_login(application.created_by)
    step = f"{application.get_absolute_url()}step/2/"
    assert client.post(step, {"drawing": SimpleUploadedFile(name, picture())}).status_code == 302
    assert Attachment.objects.get().name == name
    refused = client.post(step, {"drawing": SimpleUploadedFile(name, b"no picture at all")})
    for page in (client.get(step), client.get(f"{application.get_absolute_url()}review/"), refused):
        drawn = page.content.decode()
        assert name not in drawn
        assert escape(name) in drawn


def test_refusals_speak_italian():
    assert refusal(b"\0\0\0\x18ftypheic\0\0\0\0", "banco.heic", "it") == (
        "«banco.heic» non è stato aggiunto. HEIC non si apre su tutti i computer. "
        "Salvalo come JPEG e caricalo di nuovo."
    )


def test_a_picture_that_unpacks_to_a_wall_is_refused_before_it_is_unpacked():
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    bomb = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", b"") + chunk(b"IEND", b"")
    assert "million points" in refusal(bomb, "muro.png")
    header = struct.pack(">IIBBBBB", 8_000, 8_000, 8, 2, 0, 0, 0)
    large = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", b"") + chunk(b"IEND", b"")
    assert "40 million points" in refusal(large, "muro.png")


def test_a_file_over_the_limit_is_refused_with_both_sizes():
    words = refusal(PDF * 20, largest=1024)
    assert "KB" in words
    assert "smaller" in words


@given(
    st.binary(max_size=300),
    st.sampled_from([b"", b"%PDF-1.4", b"PK\x03\x04", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"]),
)
def test_no_content_breaks_the_check(content, start):
    try:
        checked = check(start + content)
    except files.FileRefused as refused:
        assert refused.messages  # noqa: PT017
    else:
        assert checked.kind in files.DOCUMENTS


@pytest.mark.parametrize(
    ("given_", "shown"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Utenti\\Anna\\bilancio.pdf", "bilancio.pdf"),
        ("bilancio\u202efdp.exe", "bilanciofdp.exe.pdf"),
        ("a\0b\r\nSet-Cookie: x.pdf", "ab Set-Cookie: x.pdf"),
        ("  ...  ", "file.pdf"),
        ("Perche\u0301.PDF", "Perché.PDF"),
        (None, "file.pdf"),
        ("x" * 400 + ".pdf", "x" * 146 + ".pdf"),
    ],
)
def test_a_name_hides_nothing(given_, shown):
    assert files.display_name(given_, ".pdf") == shown


@given(st.text(max_size=300))
def test_any_name_becomes_one_short_line(name):
    shown = files.display_name(name, ".pdf")
    assert 4 < len(shown) <= 150
    assert shown.isprintable()
    assert "/" not in shown


def stored(content, name, content_type):
    return SimpleNamespace(file=ContentFile(content, name="ab12"), name=name, content_type=content_type)


def test_a_stored_file_is_a_download_that_cannot_act():
    response = files.serve(stored(PDF, 'Però "sì".pdf', "application/pdf"))
    assert response["Content-Disposition"].startswith("attachment;")
    assert "filename*=utf-8''Per%C3%B2" in response["Content-Disposition"]
    assert "sandbox" in response["Content-Security-Policy"]
    assert response["X-Content-Type-Options"] == "nosniff"
    assert b"".join(response.streaming_content) == PDF


def test_only_what_is_harmless_is_shown_in_the_page():
    assert files.serve(stored(PDF, "a.pdf", "application/pdf"), inline=True)[
        "Content-Disposition"
    ].startswith("inline")
    page = files.serve(stored(b"x", "a.html", "text/html"), inline=True)
    assert page["Content-Disposition"].startswith("attachment")


def test_a_file_that_the_storage_lost_is_not_found(tmp_path):
    class Lost:
        def open(self, mode):
            raise FileNotFoundError

    with pytest.raises(Http404):
        files.serve(SimpleNamespace(file=Lost(), name="a.pdf", content_type="application/pdf"))


class Upload(forms.Form):
    file = files.UploadField(kinds=("pdf",))
    extra = files.UploadField(required=False)


def test_the_form_field_gives_a_checked_file_or_says_what_is_wrong():
    form = Upload({}, {"file": SimpleUploadedFile("a.pdf", PDF)})
    assert form.is_valid()
    assert form.cleaned_data["file"].kind == "pdf"
    assert form.cleaned_data["extra"] is None
    assert 'accept=".pdf,application/pdf"' in str(form["file"])
    assert not Upload({}, {"file": SimpleUploadedFile("a.png", picture())}).is_valid()
    empty = Upload({}, {"file": SimpleUploadedFile("a.pdf", b"")})
    assert "a.pdf" in empty.errors["file"][0]


@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
@pytest.mark.parametrize("name", ["mimetype", "[Content_Types].xml"])
def test_a_box_whose_packing_is_broken_is_refused_in_words(name, method):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", method) as made:
        made.writestr(name, "application/vnd.oasis.opendocument.text")
        made.writestr("[Content_Types].xml" if name == "mimetype" else "mimetype", "x")
        made.writestr("word/document.xml", "<w/>")
    content = bytearray(target.getvalue())
    begin = 30 + len(name)
    content[begin : begin + 12] = bytes(sign ^ 0x5A for sign in content[begin : begin + 12])
    assert "not added" in refusal(bytes(content), "statuto.docx")
