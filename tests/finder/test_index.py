"""The index: read from the rooms' rows, kept after every action, never lost, and gone with whom it tells of."""

import uuid

import pytest
from django.core.management import call_command

from tests.factories.people import PersonFactory
from tests.factories.programmes import ProgrammeFactory
from vivaio.finder import actions, encoding, queries
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


def test_an_index_made_anew_serves_meanwhile_and_mends_what_was_wrong(encoder, capsys):
    anyone = PersonFactory()
    kept, lost = ProgrammeFactory(title="Orti di zona"), ProgrammeFactory(title="Portinerie")
    actions.catch_up("programme")
    actions.encode()
    Written.objects.filter(subject=lost.pk).update(title="Altro", words="")
    actions.distrust()
    assert kept.title in [one.title for one in queries.search(anyone, "orti").results]
    assert queries.waiting().count() == 0, "meaning serves too"
    call_command("finder", "rebuild")
    assert "programme: 2 of 2 read" in capsys.readouterr().out
    assert lost.title in [one.title for one in queries.search(anyone, "portinerie").results]
    made = set(Passage.objects.values_list("pk", "encoder"))
    actions.distrust(vectors=True)
    assert queries.waiting().count() == len(made)
    call_command("finder", "rebuild", "--vectors")
    assert queries.waiting().count() == 0


def test_a_withdrawn_thing_is_found_no_more_and_another_encoder_reads_all_anew(encoder, settings):
    programme = ProgrammeFactory(title="Orti")
    actions.index("programme", programme.pk)
    actions.encode()
    assert queries.waiting().count() == 0
    assert queries.nearest(["orto"], kinds=["programme"])
    settings.ENCODER = "tests.finder.stub:Encoder2"
    assert queries.waiting().count() == queries.standing().without_vector == 1
    near = queries.nearest(encoding.encoders.load().encode(["orto"], asked=True), kinds=["programme"])
    assert not near, "what another encoder made is compared with nothing"
    Programme.objects.filter(pk=programme.pk).update(state=ProgrammeState.DRAFT)
    actions.follow("programmes.programme", programme.pk)
    assert not queries.search(PersonFactory(), "orti").results
    assert queries.search(PersonFactory(is_administrator=True), "orti").results


def test_weak_matches_are_left_out_until_they_are_asked_for(encoder):
    ProgrammeFactory(title="Studio", description="Un avvocato scrive i contratti.")
    ProgrammeFactory(title="Fiera", description="Una invention e un patent, con un vertrag di mezzo.")
    ProgrammeFactory(title="Orti", description="Chi coltiva.")
    actions.catch_up("programme")
    actions.encode()
    anyone = PersonFactory()
    found = queries.search(anyone, "Arbeitsrecht", language="de")
    assert [one.title for one in found.results] == ["Studio"]
    assert found.weaker == 1
    found = queries.search(anyone, "Arbeitsrecht", language="de", weak=True)
    assert [(one.title, one.weak) for one in found.results] == [("Studio", False), ("Fiera", True)]


def test_what_is_written_or_dropped_is_counted_by_things(encoder):
    english = {"title_en": "Gardens", "description_en": "Who tends them."}
    programme, _other = (ProgrammeFactory(title=f"Orti {n}", i18n=english) for n in range(2))
    assert actions.catch_up("programme") == 2
    assert Written.objects.filter(kind="programme").count() == 4
    Written.objects.filter(subject=programme.pk).update(subject=uuid.uuid4())
    assert actions.catch_up("programme") == 2, "one that is gone, and one that is missing"
    assert actions.catch_up("programme") == 0


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
