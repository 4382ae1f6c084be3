"""The language in which an expert writes: said by the expert, and what the search and the pages do with it."""

import pytest
from django.urls import reverse
from django.utils.translation import override

from tests.experts.scenes import signed_in
from tests.factories.experts import (
    CompetenceFactory,
    ExpertFieldFactory,
    ExpertRequestFactory,
    asked_by,
    expert_in,
    written,
)
from tests.factories.initiatives import InitiativeFactory, led
from tests.factories.people import PersonFactory
from tests.factories.programmes import ProgrammeFactory, holder
from vivaio.experts import fit, planning
from vivaio.experts.models import ExpertProfile
from vivaio.finder import actions as finder
from vivaio.finder.models import Written

pytestmark = pytest.mark.django_db
GERMAN = {"language_1": "de", "language_level_1": "native"}


@pytest.fixture
def programme():
    return ProgrammeFactory(slug="miracolo")


@pytest.fixture
def law(programme):
    return CompetenceFactory(field=ExpertFieldFactory(programme=programme, title="Legale"), title="Statuti")


def german(programme, law, **fields):
    said = {"headline": "Rechtsanwältin", "presentation": "Ich prüfe Verträge von Genossenschaften."}
    return expert_in(programme, law, written_in="de", languages={"de": "native", "it": "c1"}, **said | fields)


def near_to(programme, language, purpose, title="Aiuto"):
    initiative = InitiativeFactory(programme=programme, language=language)
    request = ExpertRequestFactory(initiative=initiative, title=title, purpose=purpose)
    finder.catch_up("expert")
    return planning.near_to(request)


def test_an_expert_says_the_language_of_the_profile_one_of_those_they_work_in(programme, law):
    person = PersonFactory()
    client, join = signed_in(person), reverse("experts:join", args=[programme.slug])
    refused = client.post(join, written(law, written_in="de")).content.decode()
    assert '<option value="de" selected>' in refused, "what was chosen stays"
    assert not ExpertProfile.objects.exists(), "who writes in German works in German"
    client.post(join, written(law, **GERMAN, written_in="de"))
    profile = ExpertProfile.objects.get(person=person)
    assert profile.written_in == "de"
    edited = reverse("experts:edit", args=[profile.pk])
    form = client.get(edited).context["form"]
    assert form["written_in"].value() == "de"
    client.post(edited, written(law, **GERMAN))
    profile.refresh_from_db()
    assert profile.written_in == "de", "a form that does not say leaves it as it was"


def test_who_does_not_say_writes_in_the_language_of_the_pages(programme, law):
    client = signed_in(PersonFactory())
    with override("en"):
        join = reverse("experts:join", args=[programme.slug])
    assert client.get(join).context["form"]["written_in"].value() == "en"
    client.post(join, written(law, language_1="en"))
    assert ExpertProfile.objects.get().written_in == "en"


def test_a_german_request_finds_a_german_profile_by_its_words(programme, law):
    profile = german(programme, law)
    assert near_to(programme, "de", "Wer prüft einen Vertrag?").keys() == {profile.pk}
    assert Written.objects.get(kind="expert").language == "de"


@pytest.mark.parametrize(
    ("presentation", "purpose"),
    [
        ("Ich begleite Betriebe bei REACH und beim Crowdfunding.", "Serve chi conosca il regolamento REACH."),
        ("Ich baue Kampagnen für Crowdfunding.", "Vorremmo una campagna di crowdfunding, in 20 giorni."),
        ("Meine Firma heißt Lanterna.", "Chi conosce Lanterna?"),
    ],
    ids=["acronym", "term", "name"],
)
def test_what_is_called_the_same_in_both_languages_is_met_without_an_encoder(
    programme, law, presentation, purpose
):
    profile = german(programme, law, presentation=presentation)
    assert near_to(programme, "it", purpose).keys() == {profile.pk}


@pytest.mark.parametrize(
    ("presentation", "purpose"),
    [
        ("Ich war in der Bank, die in Wien ist, 20 Jahre.", "Serve aiuto in 20 giorni, in sede."),
        ("Die Verträge.", "What to do so that nobody will die?"),
    ],
    ids=["numbers", "small words"],
)
def test_small_words_and_numbers_say_nothing_between_languages(programme, law, presentation, purpose):
    german(programme, law, headline="Rechtsanwältin", presentation=presentation)
    language = "it" if "Serve" in purpose else "en"
    assert near_to(programme, language, purpose) == {}


def test_pages_say_in_which_language_an_expert_wrote(programme, law):
    profile = german(programme, law)
    _initiative, leader = led(programme=programme)
    page = signed_in(leader).get(profile.get_absolute_url()).content.decode()
    assert '<span lang="de">Rechtsanwältin</span>' in page
    assert '<div class="vv-prose" lang="de">' in page
    assert "Tedesco" in page
    listed = signed_in(leader).get(reverse("experts:listed", args=[programme.slug])).content.decode()
    assert '<span lang="de">Rechtsanwältin</span>' in listed
    reasons = [{"why": "passage", "text": "Verträge & <b>", "language": "de"}]
    with override("it"):
        assert '<span lang="de">Verträge &amp; &lt;b&gt;</span>' in fit.on_page(reasons)[0]
        assert fit.in_words(reasons) == ["scrive: «Verträge & <b>»"]
    with override("de"):
        assert "lang" not in fit.on_page(reasons)[0]


def test_a_request_shows_the_passage_in_its_language(programme, law):
    german(programme, law, presentation="REACH begleite ich seit zehn Jahren.")
    initiative = InitiativeFactory(programme=programme)
    request = asked_by(initiative, law, title="REACH", purpose="Il regolamento.")
    finder.catch_up("expert")
    staff = signed_in(holder(programme, "manager"))
    page = staff.get(request.get_absolute_url()).content.decode()
    assert '<span lang="de">REACH begleite ich' in page
