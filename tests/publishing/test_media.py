"""Documents, photos and videos: checked, shown to whom they are for, served as browsers ask for them."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from tests.factories.programmes import holder
from tests.factories.publishing import (
    MP4,
    PDF,
    VTT,
    DocumentFactory,
    NewsFactory,
    PhotoFactory,
    VideoFactory,
    jpeg,
)
from vivaio.kit.rules import Refused
from vivaio.publishing import actions
from vivaio.publishing.models import Document, Photo, Video
from vivaio.publishing.states import ItemState

pytestmark = pytest.mark.django_db
GPS, ORIENTATION = 0x8825, 0x0112


def site(programme, shelf, name="shelf", *more):
    return reverse(f"publishing:{name}", args=[programme.slug, shelf, *more])


def document(name="rapporto.pdf", content=PDF):
    file = SimpleUploadedFile(name, content)
    return {"title_it": "Rapporto finale", "kind": "report", "dated": "2021-07-31", "file": file}


def test_a_document_is_added_published_found_by_kind_and_downloaded(staff, programme):
    staff.post(site(programme, "documents", "add"), document())
    row = Document.objects.get()
    address = reverse("publishing:document", args=[row.pk])
    assert Client().get(address).status_code == 404
    staff.post(site(programme, "documents", "act", row.pk, "publish"))
    answer = Client().get(address)
    assert b"".join(answer) == PDF
    assert 'filename="rapporto.pdf"' in answer["Content-Disposition"]
    DocumentFactory(programme=programme, title="Regolamento", kind="call")
    library = reverse("publishing:library", args=[programme.slug])
    assert "Regolamento" in Client().get(library).content.decode()
    only = Client().get(library + "?kind=report").content.decode()
    assert "Rapporto finale" in only
    assert "31 luglio 2021" in only
    assert "Regolamento" not in only


def test_a_document_that_is_a_program_is_refused_and_the_words_stay(staff, programme):
    page = staff.post(
        site(programme, "documents", "add"), document("r.pdf", b"MZ not a pdf")
    ).content.decode()
    assert "non è stato aggiunto" in page
    assert 'value="Rapporto finale"' in page
    assert not Document.objects.exists()


def test_a_photo_is_made_smaller_upright_and_loses_its_place(staff, programme, stored):
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    exif[GPS] = {1: "N", 2: (45.0, 28.0, 0.0)}
    words = {"alt_it": "Un cortile con tre tavoli", "caption_it": "Festa di quartiere", "credit": "Ada Negri"}
    upload = SimpleUploadedFile("f.jpg", jpeg((3000, 2000), exif=exif))
    staff.post(site(programme, "photos", "add"), words | {"file": upload})
    photo = Photo.objects.get()
    assert (photo.width, photo.height) == (1067, 1600)
    for stored_file in (photo.large, photo.small):
        with Image.open(stored_file) as picture:
            assert not picture.getexif()
            assert max(picture.size) <= 1600
    small = reverse("publishing:photo", args=[photo.pk, "small"])
    assert Client().get(small).status_code == 404
    staff.post(site(programme, "photos", "act", photo.pk, "publish"))
    assert Client().get(small)["Content-Type"] == "image/jpeg"
    page = Client().get(reverse("publishing:gallery", args=[programme.slug])).content.decode()
    assert 'alt="Un cortile con tre tavoli"' in page
    assert "Foto: Ada Negri" in page


def test_a_photo_without_words_is_refused(staff, programme):
    page = staff.post(site(programme, "photos", "add"), {"file": SimpleUploadedFile("f.jpg", jpeg())})
    assert page.status_code == 200
    assert not Photo.objects.exists()


def video(**more):
    return {"title_it": "L’incontro", "file": SimpleUploadedFile("i.mp4", MP4), **more}


def test_a_video_goes_on_line_only_with_captions(staff, programme, manager):
    staff.post(site(programme, "videos", "add"), video())
    row = Video.objects.get()
    with pytest.raises(Refused, match="Aggiungi prima i sottotitoli"):
        actions.publish(row, by=manager)
    staff.post(
        site(programme, "videos", "edit", row.pk),
        {
            "title_it": "L’incontro",
            "captions_it": SimpleUploadedFile("s.vtt", VTT.encode()),
            "transcript_it": "Buongiorno.",
        },
    )
    staff.post(site(programme, "videos", "act", row.pk, "publish"))
    page = Client().get(row.get_absolute_url()).content.decode()
    assert 'kind="captions"' in page
    assert "Buongiorno." in page
    track = Client().get(reverse("publishing:captions", args=[row.pk, "it"]))
    assert track.content.decode() == VTT
    assert track["Content-Type"].startswith("text/vtt")


@pytest.mark.parametrize("content", [b"not captions", b"WEBVTT\n\nno times\n", b"\xff\xfe\x00"])
def test_captions_that_are_none_are_refused_in_words(staff, programme, content):
    page = staff.post(
        site(programme, "videos", "add"), video(captions_it=SimpleUploadedFile("s.vtt", content))
    )
    assert "non è stato aggiunto" in page.content.decode()
    assert not Video.objects.exists()


@pytest.mark.parametrize("content", [PDF, MP4[:-4], b"\x00\x00\x00\x18ftypisom\x00\x00\x02\x00isommp41", b""])
def test_what_is_no_whole_video_is_refused(staff, programme, content):
    page = staff.post(site(programme, "videos", "add"), video(file=SimpleUploadedFile("i.mp4", content)))
    assert "non è stato aggiunto" in page.content.decode()
    assert not Video.objects.exists()


@pytest.mark.parametrize(
    ("header", "status", "part", "told"),
    [
        ("", 200, MP4, None),
        ("bytes=0-", 206, MP4, f"bytes 0-{len(MP4) - 1}/{len(MP4)}"),
        ("bytes=4-11", 206, b"ftypisom", f"bytes 4-11/{len(MP4)}"),
        ("bytes=-4", 206, MP4[-4:], f"bytes {len(MP4) - 4}-{len(MP4) - 1}/{len(MP4)}"),
        ("bytes=4-99999", 206, MP4[4:], f"bytes 4-{len(MP4) - 1}/{len(MP4)}"),
        ("bytes=9-4", 200, MP4, None),
        ("bytes=0-1,4-5", 200, MP4, None),
        ("furlongs=1-2", 200, MP4, None),
        ("bytes=99999-", 416, b"", f"bytes */{len(MP4)}"),
        ("bytes=-0", 416, b"", f"bytes */{len(MP4)}"),
    ],
)
def test_a_video_is_served_in_the_parts_that_players_ask_for(client, programme, header, status, part, told):
    row = VideoFactory(programme=programme)
    answer = client.get(reverse("publishing:video_file", args=[row.pk]), headers={"Range": header})
    assert answer.status_code == status
    assert (b"".join(answer) if answer.streaming else answer.content) == part
    assert answer.get("Content-Range") == told
    if status != 416:
        assert answer["Content-Length"] == str(len(part))
        assert answer["Accept-Ranges"] == "bytes"


def test_what_is_withdrawn_leaves_every_page_and_its_file(staff, programme):
    rows = {
        "documents": DocumentFactory(programme=programme),
        "photos": PhotoFactory(programme=programme),
        "videos": VideoFactory(programme=programme),
        "news": NewsFactory(programme=programme),
    }
    page = reverse("desk:programme", args=[programme.slug])
    for shelf, row in rows.items():
        assert row.get_absolute_url() in Client().get(page).content.decode()
        staff.post(site(programme, shelf, "act", row.pk, "withdraw"))
        assert row.get_absolute_url() not in Client().get(page).content.decode()
        assert Client().get(row.get_absolute_url()).status_code == 404


def test_files_go_with_what_is_deleted(programme, manager, stored, django_capture_on_commit_callbacks):
    row = PhotoFactory(programme=programme, state=ItemState.WITHDRAWN)
    assert len(list(stored.rglob("*.jpg"))) == 2
    with django_capture_on_commit_callbacks(execute=True):
        actions.remove(row, by=manager)
    assert not list(stored.rglob("*.jpg"))


def test_who_prepares_one_programme_sees_nothing_of_another(client, programme):
    row = PhotoFactory(programme=programme, state=ItemState.DRAFT)
    client.force_login(holder(NewsFactory().programme, "manager"))
    assert client.get(row.get_absolute_url()).status_code == 404
    assert client.get(site(programme, "photos")).status_code == 404
