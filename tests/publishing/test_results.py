"""The results of a programme: counted by hand and told; who sees them; the report; the open data."""

import csv
import datetime as dt
import io

import pytest
from django.urls import reverse
from pypdf import PdfReader

from tests.factories import analysing as needs
from tests.factories.accompanying import ContactFactory
from tests.factories.analysing import ProfileFactory, RoundFactory
from tests.factories.experts import (
    BankFactory,
    CompetenceFactory,
    EngagementFactory,
    ExpertFieldFactory,
    ExpertRequestFactory,
    confirmed,
    expert_in,
)
from tests.factories.experts import told as told_alone
from tests.factories.funding import able, awarded, funded, invoiced
from tests.factories.initiatives import InitiativeFactory, StoryFactory, led, published
from tests.factories.people import OrganisationFactory
from tests.factories.programmes import ProgrammeFactory, holder
from vivaio.funding.actions import awards, claims
from vivaio.initiatives.models import Story
from vivaio.journal.models import Record
from vivaio.kit.rules import Refused
from vivaio.mailroom.models import OutgoingLetter
from vivaio.mailroom.states import State
from vivaio.publishing.models import Results
from vivaio.publishing.results import actions, paper, parts
from vivaio.publishing.results.telling import Telling

pytestmark = pytest.mark.django_db
WHO = dict.fromkeys(("programme.read", "initiatives.read", "experts.read", "funding.read", "calls.read"))


@pytest.fixture
def grown(programme):
    """Four initiatives of three organisations, one of them an enterprise; four experts of two fields; six contacts."""
    coop = OrganisationFactory()
    kept = [
        InitiativeFactory(
            programme=programme, organisation=coop, sectors=["housing", "culture"], track_title="A"
        ),
        InitiativeFactory(programme=programme, organisation=coop, sectors=["housing"], track_title="A"),
        InitiativeFactory(programme=programme, sectors=[], track_title="B", title="Segreta"),
        InitiativeFactory(
            programme=programme,
            state="spun_off",
            enterprise=OrganisationFactory(name="Nata S.r.l."),
            title="Nata",
        ),
    ]
    InitiativeFactory(title="Di un altro programma")
    law, money = (ExpertFieldFactory(programme=programme, title=title) for title in ("Diritto", "Finanza"))
    statutes, plans = CompetenceFactory(field=law), CompetenceFactory(field=money)
    for _number in range(3):
        expert_in(programme, statutes, CompetenceFactory(field=law))
    expert_in(programme, plans)
    expert_in(programme, plans, state="applied")
    for kind, state in (("investor", "won"), ("investor", "open"), ("partner", "won"), ("customer", "lost")):
        ContactFactory(initiative=kept[0], kind=kind, state=state)
    return kept


def taken(programme) -> Results:
    return actions.take(programme, by=None)


def told(results, *permissions) -> dict:
    return {part.key: part for part in parts.told(Telling(results, frozenset(permissions)))}


def figures(part) -> dict:
    return {one.key: one.value for one in part.figures}


def lines(part, key: str) -> dict:
    found = next(one for one in part.breakdowns if one.key == key)
    return {line.label: line.values if len(line.values) > 1 else line.values[0] for line in found.lines}


def shown(client, name="results", language="it", **more):
    return client.get(
        reverse(f"publishing:{name}", kwargs={"programme": "miracolo", **more}).replace(
            "/it/", f"/{language}/"
        )
    )


class TestTheFigures:
    def test_they_are_what_one_counts_by_hand(self, programme, grown):
        who = told(taken(programme), *WHO)["who"]
        assert figures(who) == {"initiatives": 4, "organisations": 3, "experts": 4}
        assert lines(who, "tracks") == {"A": 2, "B": 1}
        assert lines(who, "sectors") == {"Abitare": 2, "Cultura": 1}
        assert lines(who, "fields") == {"Diritto": 3, "Finanza": 1}

    def test_contacts_by_kind_and_outcome_and_enterprises(self, programme, grown):
        every = told(taken(programme))
        assert figures(every["contacts"]) == {"contacts": 4, "won": 2}
        assert lines(every["contacts"], "contacts")["Investitore"] == (1, 1, 0, 0, 2)
        assert figures(every["enterprises"]) == {"born": 1, "independent": 0}

    def test_the_public_is_not_told_who_is_alone_in_a_field(self, programme, grown):
        results = taken(programme)
        assert lines(told(results)["who"], "fields") == {"Diritto": 3}
        note = next(one.note for one in told(results)["who"].breakdowns if one.key == "fields")
        assert "Meno di 3" in note
        assert "Finanza" in note
        assert "Finanza" in lines(told(results, *WHO)["who"], "fields")

    def test_money_goes_from_received_to_paid_and_what_is_taken_back_is_not_given(self, programme):
        _programme, by = funded("9000.00", programme)
        initiative, leader = able(programme=programme)
        award, _leader, _by = awarded("5000.00", programme, by, initiative)
        awarded("1000.00", programme, by, initiative)
        gone, _leader, _by = awarded("2000.00", programme, by, initiative)
        awards.revoke(gone, reason="Rinuncia", by=by)
        claim = claims.submit(invoiced(award, leader, "1200.00"), by=leader)
        claims.pay(claims.approve(claim, by=by), paid_on=dt.date(2020, 10, 1), reference="Mandato 7", by=by)
        claims.submit(invoiced(award, leader, "800.00"), by=leader)
        every = told(taken(programme))["money"]
        assert figures(every) == {"awards": 2, "awarded": "6000.00", "paid": "1200.00"}
        assert lines(every, "standing") == {
            "Ricevuto": "9000.00", "Assegnato": "6000.00", "Richiesto": "2000.00", "Approvato": "1200.00",
            "Pagato": "1200.00",
        }  # fmt: skip
        assert lines(every, "awards") == {"Voucher": (2, "6000.00", "1200.00")}

    def test_before_and_after_compares_the_same_initiatives(self, programme):
        finance = needs.set_up(programme)[0]
        first, last = (
            RoundFactory(programme=programme, position=1),
            RoundFactory(programme=programme, position=2),
        )
        for before, after in ((20, 60), (30, 70), (41, 50)):
            initiative = InitiativeFactory(programme=programme)
            needs.agreed(ProfileFactory(initiative=initiative, round=first), finance=before, communication=50)
            needs.agreed(ProfileFactory(initiative=initiative, round=last), finance=after, communication=50)
        once = InitiativeFactory(programme=programme)
        needs.agreed(ProfileFactory(initiative=once, round=first), finance=100, communication=0)
        part = told(taken(programme))["change"]
        drawn = {line.title: (line.drawn.first, line.drawn.second) for line in part.profile.lines}
        assert drawn == {finance.title: (30, 60), "Comunicazione": (50, 50)}
        assert figures(part) == {"compared": 3, "better": 1}

    def test_two_initiatives_are_too_few_to_tell_a_mean(self, programme):
        needs.set_up(programme)
        rounds = [RoundFactory(programme=programme, position=at) for at in (1, 2)]
        for _number in range(2):
            initiative = InitiativeFactory(programme=programme)
            for one in rounds:
                needs.agreed(ProfileFactory(initiative=initiative, round=one), finance=40)
        results = taken(programme)
        assert "change" not in told(results)
        assert "change" in told(results, *WHO)

    def test_hours_are_those_that_both_sides_confirmed_with_their_value(self, programme):
        BankFactory(programme=programme, hour_value="40.00")
        law, tax = (ExpertFieldFactory(programme=programme, title=title) for title in ("Diritto", "Fisco"))
        initiative = InitiativeFactory(programme=programme)
        fields = [CompetenceFactory(field=one) for one in (law, law, law, tax)]
        for competence in fields:
            engagement = EngagementFactory(
                request=ExpertRequestFactory(initiative=initiative), competence=competence, pro_bono=True
            )
            confirmed(engagement, minutes=90)
        told_alone(engagement, minutes=600)
        results = taken(programme)
        part = told(results)["help"]
        assert figures(part) == {
            "hours": "6", "value": "240.00", "sessions": 4, "helpers": 4, "helped": 1,
        }  # fmt: skip
        assert lines(part, "hours") == {"Diritto, Fisco": "6"}
        assert "meno di 3" in part.breakdowns[0].note
        assert "Fisco" in lines(told(results, *WHO)["help"], "hours")

    def test_they_stay_as_they_were_until_they_are_taken_anew(self, programme, grown):
        results = taken(programme)
        InitiativeFactory(programme=programme)
        assert figures(told(Results.objects.get(pk=results.pk))["who"])["initiatives"] == 4
        assert figures(told(taken(programme))["who"])["initiatives"] == 5
        assert Results.objects.count() == 1

    def test_taking_them_costs_the_same_with_more_rows(self, programme, grown, django_assert_max_num_queries):
        with django_assert_max_num_queries(38):
            taken(programme)


class TestWhoReads:
    def test_nobody_outside_before_they_are_published_nor_after_they_are_withdrawn(
        self, client, programme, grown
    ):
        taken(programme)
        for name, more in (("results", {}), ("results_part", {"part": "who"}), ("results_report", {}),
                           ("results_csv", {}), ("results_json", {})):  # fmt: skip
            assert shown(client, name, **more).status_code == 404
        actions.publish(programme, by=None)
        assert shown(client).status_code == 200
        actions.withdraw(programme, by=None)
        assert shown(client).status_code == 404

    def test_the_staff_reads_them_before_and_is_told_so(self, staff, programme, grown):
        taken(programme)
        assert "Solo lo staff vede questa pagina" in shown(staff).text

    def test_the_menu_and_the_programme_lead_there_once_they_are_on_line(self, client, programme, grown):
        taken(programme)
        here, door = (
            reverse("publishing:results", args=["miracolo"]),
            reverse("desk:programme", args=["miracolo"]),
        )
        assert here not in client.get(door).text
        actions.publish(programme, by=None)
        assert client.get(door).text.count(here) == 2

    def test_only_initiatives_with_a_public_page_are_named(self, client, programme, grown):
        published(StoryFactory(initiative=grown[3]))
        taken(programme)
        actions.publish(programme, by=None)
        pages = [shown(client).text] + [
            shown(client, "results_part", part=part).text for part in ("who", "enterprises", "contacts")
        ]
        assert "Nata" in pages[1]
        grown[3].title = "Un titolo che nessuno ha approvato"
        grown[3].save()
        assert not any(
            "nessuno ha approvato" in shown(client, "results_part", part=part).text
            for part in ("who", "enterprises")
        )
        assert "Nata S.r.l." in pages[2]
        assert not any("Segreta" in page for page in pages)
        Story.objects.update(shown=None)
        assert "Nata S.r.l." not in shown(client, "results_part", part="enterprises").text

    def test_no_expert_is_named_and_the_lists_are_not_offered_to_the_public(self, client, programme, grown):
        expert = expert_in(programme)
        taken(programme)
        actions.publish(programme, by=None)
        page = shown(client, "results_part", part="who").text
        assert str(expert.person) not in page
        assert reverse("initiatives:staff_list", args=["miracolo"]) not in page

    def test_each_figure_leads_the_staff_to_its_list(self, staff, programme, grown):
        taken(programme)
        page = shown(staff, "results_part", part="contacts").text
        assert f"{reverse('initiatives:programme_contacts', args=['miracolo'])}?kind=investor" in page
        listed = staff.get(reverse("initiatives:staff_list", args=["miracolo"]), {"sector": "housing"})
        assert listed.text.count("La portineria leggera") >= 2

    def test_a_part_that_is_left_out_is_nowhere(self, client, programme, grown):
        taken(programme)
        actions.write(programme, texts={"introduction": {"it": "Un anno dopo.", "en": "A year on."}},
                      left_out=["contacts"], by=None)  # fmt: skip
        actions.publish(programme, by=None)
        assert "Contatti" not in shown(client).text.split("<main")[1]
        assert shown(client, "results_part", part="contacts").status_code == 404
        assert "contacts" not in [one["key"] for one in shown(client, "results_json").json()["parts"]]
        assert "A year on." in shown(client, language="en").text

    def test_a_hidden_programme_tells_nobody(self, client, grown):
        hidden = ProgrammeFactory(slug="nascosto", state="draft")
        InitiativeFactory(programme=hidden)
        taken(hidden)
        actions.publish(hidden, by=None)
        assert client.get(reverse("publishing:results", args=["nascosto"])).status_code == 404


class TestTakenAlong:
    def test_the_report_is_tagged_has_contents_and_says_the_same(self, client, programme, grown):
        published(StoryFactory(initiative=grown[0]))
        taken(programme)
        actions.publish(programme, by=None)
        for language, words in (("it", "Chi ha preso parte"), ("en", "Who took part")):
            reader = PdfReader(io.BytesIO(shown(client, "results_report", language=language).content))
            root = reader.trailer["/Root"]
            assert "/StructTreeRoot" in root
            assert root["/Lang"] == language
            text = " ".join(page.extract_text() for page in reader.pages)
            assert words in text
            assert "Tre portinerie di nuovo aperte." in text
            assert "Segreta" not in text

    def test_a_figure_that_is_drawn_says_itself_in_words(self, programme, grown):
        results = taken(programme)
        drawn = [
            one for part in paper.content_of(results)["parts"] for one in part["breakdowns"] if one["lengths"]
        ]
        assert drawn
        assert all(row[0] in one["words"] for one in drawn for row in one["rows"])

    def test_the_open_data_have_a_row_a_figure(self, client, programme, grown):
        taken(programme)
        actions.publish(programme, by=None)
        who = shown(client, "results_json").json()["parts"][0]
        assert {"key": "initiatives", "label": "iniziative accompagnate", "value": 4} in who["figures"]
        content = b"".join(shown(client, "results_csv", language="en").streaming_content).decode("utf-8-sig")
        rows = list(csv.reader(io.StringIO(content)))
        assert ["Who took part", "initiatives accompanied", "", "4"] in rows

    def test_where_it_is_shared_a_picture_stands(self, client, programme, grown):
        story = published(StoryFactory(initiative=grown[0]))
        taken(programme)
        assert client.get(reverse("publishing:card", args=["results", programme.pk])).status_code == 404
        actions.publish(programme, by=None)
        for kind, pk in (("results", programme.pk), ("story", story.pk)):
            assert client.get(reverse("publishing:card", args=[kind, pk])).content[:4] == b"\x89PNG"
        assert f"/cards/story/{story.pk}.png" in client.get(story.get_absolute_url()).text


class TestTheStaff:
    def test_takes_writes_publishes_and_withdraws(self, staff, programme, grown):
        page = reverse("publishing:results_manage", args=["miracolo"])
        assert "Ancora nessuna cifra rilevata" in staff.get(page).text
        staff.post(reverse("publishing:results_take", args=["miracolo"]))
        staff.post(
            page, {"introduction_it": "Un anno dopo.", "introduction_en": "", "parts": ["who", "contacts"]}
        )
        results = Results.objects.get()
        assert results.introduction == "Un anno dopo."
        assert "money" in results.left_out
        staff.post(reverse("publishing:results_act", args=["miracolo", "publish"]))
        programme.refresh_from_db()
        assert programme.shows_results
        staff.post(reverse("publishing:results_act", args=["miracolo", "withdraw"]))
        found = Record.objects.filter(verb__startswith="results.").order_by("at")
        verbs = list(found.values_list("verb", flat=True))
        assert verbs == ["results.taken", "results.edited", "results.published", "results.withdrawn"]

    def test_whoever_does_not_look_after_the_site_changes_nothing(self, programme, grown):
        with pytest.raises(Refused):
            actions.take(programme, by=holder(programme, "auditor"))

    def test_letters_to_whoever_took_part_wait_until_they_are_released(self, programme, grown):
        _initiative, leader = led(programme=programme)
        expert_in(programme, person=leader)
        results = taken(programme)
        with pytest.raises(Refused):
            actions.tell(programme, by=None)
        actions.publish(programme, by=None)
        actions.tell(programme, by=None)
        assert actions.write_letters(results.pk) == actions.write_letters(results.pk) == 5
        rows = OutgoingLetter.objects.filter(letter="publishing.results_published")
        assert {row.state for row in rows} == {State.HELD}
        assert rows.filter(person=leader.pk).count() == 1
        with pytest.raises(Refused):
            actions.tell(programme, by=None)
