"""The bank's fields and competences: added, reworded, put in order, retired where in use, deleted where never used."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from tests.factories.experts import (
    BankFactory,
    CompetenceFactory,
    ExpertFieldFactory,
    asked_by,
    expert_in,
    wish,
    written,
)
from tests.factories.initiatives import led
from tests.factories.people import PersonFactory
from tests.factories.programmes import ProgrammeFactory, holder
from vivaio.blueprints import actions as blueprints
from vivaio.blueprints import queries as told
from vivaio.experts.actions import bank
from vivaio.experts.actions import fields as actions
from vivaio.experts.models import Competence, ExpertField, ExpertProfile, ExpertRequest
from vivaio.initiatives.analysing import offers
from vivaio.initiatives.models import Dimension
from vivaio.journal.models import Record
from vivaio.kit.rules import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme():
    return ProgrammeFactory(slug="miracolo", title="Miracolo a Milano")


@pytest.fixture
def manager(programme):
    return holder(programme, "manager")


@pytest.fixture
def statutes(programme):
    return CompetenceFactory(
        field=ExpertFieldFactory(programme=programme, key="legal", title="Legale"), title="Statuti"
    )


def signed_in(person):
    client = Client()
    client.force_login(person)
    return client


def url(name, *args):
    with override("it"):
        return reverse(f"experts:{name}", args=args)


def words(title, title_en=""):
    return {"title": title, "title_en": title_en}


def titles(programme):
    return [one.title for one in ExpertField.objects.filter(programme=programme)]


def test_a_field_and_its_competence_are_added_and_offered_in_both_languages(programme, manager):
    client = signed_in(manager)
    client.post(url("field_add", programme.slug), words("Ricerca", "Research"))
    field = ExpertField.objects.get(programme=programme)
    client.post(url("competence_add", field.pk), words("Brevetti", "Patents"))
    assert (field.key, field.competences.get().key) == ("ricerca", "brevetti")
    joining = signed_in(PersonFactory())
    assert "Brevetti" in joining.get(url("join", programme.slug)).content.decode()
    with override("en"):
        page = joining.get(reverse("experts:join", args=[programme.slug])).content.decode()
    assert "Patents" in page
    assert "Research" in page


def test_new_words_stand_in_profiles_at_once_and_the_key_stays(programme, manager, statutes):
    profile, client = expert_in(programme, statutes), signed_in(manager)
    client.post(url("competence", statutes.pk), words("Atti costitutivi", "Articles"))
    assert "Atti costitutivi" in client.get(profile.get_absolute_url()).content.decode()
    key = statutes.key
    statutes.refresh_from_db()
    assert (statutes.key, statutes.title_en) == (key, "Articles")


def test_two_of_a_list_are_not_called_alike(programme, manager, statutes):
    answer = signed_in(manager).post(url("field_add", programme.slug), words("legale"), follow=True)
    assert "Legale".casefold() in answer.content.decode().casefold()
    assert titles(programme) == ["Legale"]
    actions.reword(statutes.field, values=words("Legale", "Legal"), by=manager)  # its own title is no other's


def test_the_order_is_changed_by_buttons_and_forms_follow(programme, manager, statutes):
    for title in ("Finanza", "Ricerca"):
        actions.add_field(programme, values=words(title), by=manager)
    client, last = signed_in(manager), ExpertField.objects.get(title="Ricerca")
    answer = client.post(url("act_on_field", last.pk, "up"))
    assert answer.url.endswith(f"#at-{last.pk}"), "back to the line where it stands"
    assert titles(programme) == ["Legale", "Ricerca", "Finanza"]
    client.post(url("act_on_field", last.pk, "up"))
    client.post(url("act_on_field", last.pk, "up"))
    assert titles(programme) == ["Ricerca", "Legale", "Finanza"], "at the end nothing happens"
    more = actions.add_competence(statutes.field, values=words("Contratti"), by=manager)
    client.post(url("act_on_competence", statutes.pk, "down"))
    assert list(statutes.field.competences.values_list("pk", flat=True)) == [more.pk, statutes.pk]


def test_the_page_tells_who_has_it_and_who_asks_for_it(programme, manager, statutes):
    other = CompetenceFactory(field=statutes.field)
    expert_in(programme, statutes, other)
    expert_in(programme, statutes)
    asked_by(led(programme=programme)[0], statutes, other)
    page = " ".join(signed_in(manager).get(url("fields", programme.slug)).content.decode().split())
    assert page.count("2 esperti · 1 richiesta aperta") == 2, "the field counts each expert once"
    assert page.count("1 esperto · 1 richiesta aperta") == 1


def test_what_is_in_use_is_retired_and_stays_with_whoever_has_it(programme, manager, statutes):
    other = CompetenceFactory(field=statutes.field, title="Contratti")
    profile = expert_in(programme, statutes)
    client = signed_in(manager)
    client.post(url("act_on_competence", statutes.pk, "remove"))
    client.post(url("act_on_competence", statutes.pk, "retire"))
    statutes.refresh_from_db()
    assert statutes.retired_at is not None
    assert "Statuti" not in signed_in(PersonFactory()).get(url("join", programme.slug)).content.decode()
    own = signed_in(profile.person)
    assert "Statuti" in own.get(url("edit", profile.pk)).content.decode()
    own.post(url("edit", profile.pk), written(statutes, headline="Altro"))
    assert ExpertProfile.objects.get().headline == "Altro", "saved with what it had"
    signed_in(PersonFactory()).post(url("join", programme.slug), written(statutes))
    assert ExpertProfile.objects.count() == 1, "nobody takes it anew"
    client.post(url("act_on_competence", statutes.pk, "restore"))
    assert "Statuti" in signed_in(PersonFactory()).get(url("join", programme.slug)).content.decode()
    assert other.retired_at is None


def test_a_request_keeps_the_competence_that_it_asks_for_and_a_new_one_does_not_find_it(
    programme, manager, statutes
):
    initiative, leader = led(programme=programme)
    CompetenceFactory(field=statutes.field)
    asked = asked_by(initiative, statutes)
    actions.retire(statutes.field, by=manager)
    team, staff = signed_in(leader), signed_in(manager)
    team.post(url("ask", initiative.pk), wish(statutes))
    assert ExpertRequest.objects.count() == 1
    assert "Statuti" not in team.get(url("ask", initiative.pk)).content.decode()
    staff.post(url("edit_request", asked.pk), wish(statutes, title="Precisata"))
    asked.refresh_from_db()
    assert asked.title == "Precisata"


def test_what_nobody_ever_used_is_deleted_with_its_competences(programme, manager, statutes):
    with pytest.raises(Refused):
        actions.retire(statutes.field, by=manager)
    answer = signed_in(manager).post(url("act_on_field", statutes.field_id, "remove"), follow=True)
    assert answer.status_code == 200
    assert not ExpertField.objects.exists()
    assert not Competence.objects.exists()
    assert Record.objects.filter(verb="experts.field_removed").count() == 1
    with pytest.raises(Refused):
        actions.retire(statutes, by=manager)  # a colleague was faster


def test_a_field_of_the_needs_analysis_is_retired_and_keeps_its_title_there(programme, manager, statutes):
    dimension = Dimension.objects.create(programme=programme, key="carte", title="Carte", field="legal")
    with pytest.raises(Refused):
        actions.remove(statutes.field, by=manager)
    actions.retire(statutes.field, by=manager)
    assert "legal" not in offers.offered(programme)
    assert offers.fields_of(programme)["legal"] == offers.offered(programme, "legal")["legal"] == "Legale"
    with override("it"):
        page = reverse("initiatives:dimension", args=[dimension.pk])
        new = reverse("initiatives:dimension_add", args=[programme.slug])
    client = signed_in(manager)
    assert "Legale" in client.get(page).content.decode()
    assert "Legale" not in client.get(new).content.decode()


def test_a_competence_deleted_while_a_form_was_open_is_told_and_nothing_is_kept(programme, statutes):
    values = {
        "competences": [{"competence": statutes, "level": 2, "evidence": ""}],
        "languages": {"it": "C1"}, "hours_a_month": 4, "pro_bono": True, "rate": None, "remote": True,
        "in_person": False, "headline": "Notaia",
    }  # fmt: skip
    CompetenceFactory(field=statutes.field)
    Competence.objects.filter(pk=statutes.pk).delete()
    with pytest.raises(Refused, match=r"no longer in the bank|non è più nella banca"):
        bank.join(programme, values=values, by=PersonFactory())
    assert not ExpertProfile.objects.exists()


def test_who_only_reads_the_bank_words_nothing(programme, statutes):
    reader = signed_in(holder(programme, "auditor"))
    assert reader.get(url("fields", programme.slug)).status_code == 404
    assert reader.post(url("act_on_field", statutes.field_id, "remove")).status_code == 404
    assert url("fields", programme.slug) not in reader.get(url("bank", programme.slug)).content.decode()


def test_what_is_retired_travels_with_the_blueprint(manager, programme, statutes):
    BankFactory(programme=programme)
    expert_in(programme, statutes)
    actions.retire(statutes, by=manager)
    first = told.told(programme)
    assert first["experts"]["fields"][0]["competences"][0]["retired"] is True
    text = told.written(first).replace("slug: miracolo", "slug: altrove", 1)
    again = told.told(blueprints.apply(text.encode(), by=None).programme)
    assert told.written({"experts": again["experts"]}) == told.written({"experts": first["experts"]})
    assert blueprints.apply(text.encode(), by=None).written == [], "applied again it changes nothing"
