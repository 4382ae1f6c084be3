"""Every page of the staff says what one can do on it, in both languages, and leads to a chapter of the guide."""

import re

import pytest
from django.utils import translation

from tests.house.asking import ask, client_of
from tests.house.test_urls import READ
from vivaio.kit import guide
from vivaio.kit.guidance import GUIDANCE

STAFF = {"manager", "secretary", "evaluator", "community_manager", "auditor", "administrator"}
# What the staff opens and is no page in the frame.
NO_PAGE = {
    "applications:paper": "a file of the answers, inside the checklist",
    "applications:as_pdf": "a PDF",
    "applications:dossier_progress": "a part of a page",
    "applications:de_minimis_file": "a file",
    "desk:letter_html": "a letter, as its reader sees it",
    "desk:call_letter_html": "a letter, as its reader would see it",
    "jury:blind_file": "a file",
    "jury:minutes": "a PDF",
    "jury:record": "JSON",
    "jury:stage": "what the projector shows to the room",
    "questionnaires:download": "a workbook",
    "blueprints:kit_file": "an archive",
}
LANGUAGES = ("it", "en")


def for_the_staff_alone(name: str) -> bool:
    """Whether some of the staff may read it, and nobody else."""
    readers = {role for role, status in READ[name].items() if status == "200"}
    return bool(readers) and readers <= STAFF


# What programs read (v1) is no page either.
PAGES = [
    name for name in READ if for_the_staff_alone(name) and name not in NO_PAGE and not name.startswith("v1:")
]


def test_every_page_of_the_staff_is_explained_and_no_other():
    assert set(PAGES) - set(GUIDANCE) == set(), "kit.guidance.explain, in the room's guidance.py"
    assert set(GUIDANCE) - set(PAGES) == set(), "no page of the staff alone"


def test_what_has_no_narrower_words_is_said_last():
    assert [
        name for name, found in GUIDANCE.items() if [one.only for one in found].index(()) + 1 < len(found)
    ] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_short_and_leads_to_a_chapter_that_is_there(language):
    chapters = {chapter.key for chapter in guide.read(language).chapters}
    with translation.override(language):
        for name, found in GUIDANCE.items():
            for one in found:
                sentences = re.findall(r"[.?](?:\s|$)", str(one.text))
                assert 2 <= len(sentences) <= 4, (name, str(one.text))
                assert one.chapter in chapters, name


def test_the_guide_has_the_same_chapters_in_every_language():
    told = {language: [one.key for one in guide.read(language).chapters] for language in LANGUAGES}
    assert told["it"] == told["en"]
    assert len(set(told["it"])) == len(told["it"])


@pytest.mark.slow
@pytest.mark.django_db
def test_the_frame_draws_it_before_the_page(world, places):
    client = client_of(world, "administrator")
    bare = []
    for name in PAGES:
        text = ask(client, "get", places[name]).response.content.decode()
        if text.count('<details class="vv-here">') != 1 or "Che cosa posso fare qui?" not in text:
            bare.append(name)
    assert bare == []
