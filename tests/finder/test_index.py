"""The index: read from the rooms' rows, kept after every action, never lost, and gone with whom it tells of."""

import pytest

from tests.factories.people import PersonFactory
from tests.factories.programmes import ProgrammeFactory
from vivaio.finder import actions, queries
from vivaio.finder.models import Passage, Written
from vivaio.programmes.models import Programme
from vivaio.programmes.states import ProgrammeState

pytestmark = pytest.mark.django_db


def test_words_and_meaning_are_found_across_languages_and_say_why(encoder):
    ProgrammeFactory(
        title="Miracolo a Milano", description="Un avvocato scrive i contratti delle cooperative."
    )
    ProgrammeFactory(title="Orti di zona", description="Chi coltiva insegna a chi comincia.")
    actions.catch_up("programme")
    actions.encode()
    anyone = PersonFactory()
    found = queries.search(anyone, "Arbeitsrecht und Vertrag", language="de").results
    assert [one.title for one in found] == ["Miracolo a Milano"]
    assert found[0].by_meaning_alone
    assert "avvocato scrive i contratti" in found[0].marked
    found = queries.search(anyone, "cooperativa").results
    assert [one.title for one in found] == ["Miracolo a Milano"]
    assert "<mark>cooperative</mark>" in found[0].marked
    assert found[0].ways == {"words"}
    assert [one.title for one in queries.search(anyone, "miracollo").results] == ["Miracolo a Milano"]
    near = queries.nearest(["Wir suchen Hilfe bei einem Vertrag"], kinds=["programme"], person=anyone)
    assert (near[0].asked, near[0].by_words) == (0, False)
    assert near[0].passage.startswith("Un avvocato")


def test_without_an_encoder_words_alone_serve():
    ProgrammeFactory(title="Orti di zona", description="Chi coltiva insegna a chi comincia.")
    actions.catch_up("programme")
    found = queries.search(PersonFactory(), "vorrei sapere come si insegna")
    assert [one.title for one in found.results] == ["Orti di zona"]
    assert not found.words_alone
    near = queries.nearest(["nulla", "insegna"], kinds=["programme"])
    assert [(one.asked, one.by_words) for one in near] == [(1, True)]


def test_an_encoder_that_is_away_is_told_and_words_serve(settings, tmp_path):
    settings.ENCODER, settings.ENCODER_SOCKET = "tests.finder.stub:Encoder", tmp_path / "nobody"
    ProgrammeFactory(title="Orti di zona")
    actions.catch_up("programme")
    found = queries.search(PersonFactory(), "orti")
    assert found.words_alone
    assert [one.title for one in found.results] == ["Orti di zona"]


def test_what_is_not_changed_is_not_written_again_and_keeps_its_vectors(encoder):
    programme = ProgrammeFactory(
        title="Orti", description=" ".join(f"Frase numero {n} del testo." for n in range(60))
    )
    assert actions.catch_up("programme") == 1
    actions.encode()
    assert actions.catch_up("programme") == 0
    assert queries.waiting().count() == 0
    Programme.objects.filter(pk=programme.pk).update(description=programme.description + " Coda del testo.")
    assert actions.catch_up("programme") == 1
    assert 0 < queries.waiting().count() < Passage.objects.count()
    programme.delete()
    actions.catch_up("programme")
    assert not Written.objects.exists()


def test_a_withdrawn_thing_is_found_no_more_and_another_encoder_reads_all_anew(encoder, settings):
    programme = ProgrammeFactory(title="Orti")
    actions.index("programme", programme.pk)
    actions.encode()
    assert queries.waiting().count() == 0
    settings.ENCODER = "tests.finder.conftest:Encoder"
    assert queries.waiting().count() == 1
    Programme.objects.filter(pk=programme.pk).update(state=ProgrammeState.DRAFT)
    actions.follow("programmes.programme", programme.pk)
    assert not queries.search(PersonFactory(), "orti").results
    assert queries.search(PersonFactory(is_administrator=True), "orti").results


def test_texts_of_any_length_and_any_signs_are_kept_and_asked_for():
    endless = " ".join(f"volume{number}" for number in range(200_000))
    ProgrammeFactory(title="Catalogo", description=f"Lanterna. {endless}")
    actions.catch_up("programme")
    person = PersonFactory()
    for words in (
        "lanterna",
        "'",
        '"',
        "a & b | !c",
        "\x00",
        "%",
        "%s",
        "(" * 90,
        "è" * 900,
        ":*",
        "-",
        "$$",
    ):
        found = queries.search(person, words)
        assert bool(found.results) == (words == "lanterna")
