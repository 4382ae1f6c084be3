"""Students at work and hours by initiative and partner in the results; one of a thing is told as one."""

import csv
import datetime as dt
import io
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils.translation import override
from pypdf import PdfReader

from tests.factories.experts import CompetenceFactory, EngagementFactory, ExpertRequestFactory, confirmed
from tests.factories.funding import able, awarded, funded, invoiced
from tests.factories.initiatives import InitiativeFactory, StoryFactory, published
from tests.factories.people import OrganisationFactory, PersonFactory
from tests.factories.placing import (
    OfferFactory,
    PlacementFactory,
    PlacementRoundFactory,
    StudentFactory,
    UniversityFactory,
    hours,
    running,
)
from tests.factories.programmes import PartnerFactory, holder
from tests.publishing.test_results import WHO, figures, lines, shown, taken, told
from vivaio.experts.models import Placement, PlacementHours
from vivaio.experts.placing.states import HoursState, PlacementState
from vivaio.funding.actions import claims
from vivaio.initiatives.models import Story
from vivaio.publishing.results import actions
from vivaio.publishing.results.telling import across

pytestmark = pytest.mark.django_db


@pytest.fixture
def placed(programme):
    """Three students of one university and one of another with two initiatives; one more never began."""
    row = PlacementRoundFactory(programme=programme, state="sent")
    first, second = UniversityFactory(name="Ateneo Grande"), UniversityFactory(name="Ateneo Piccolo")
    offers = [
        OfferFactory(round=row, initiative=InitiativeFactory(programme=programme)) for _number in range(2)
    ]
    made = [
        running(
            round=row, offer=offers[number // 3],
            student=StudentFactory(round=row, university=second if number == 3 else first,
                                   person=PersonFactory(given_name="Nome", family_name=f"Segreto{number}")),
        )
        for number in range(4)
    ]  # fmt: skip
    made[3].state = PlacementState.DONE
    made[3].save()
    PlacementFactory(round=row, offer=offers[0], student=StudentFactory(round=row, university=first))
    for placement in made:
        hours(placement, state=HoursState.CONFIRMED, hours="3.50")
    hours(made[0], days=2)
    return made


class TestStudentsAtWork:
    def test_they_are_counted_once_the_three_have_signed(self, programme, placed):
        part = told(taken(programme), *WHO)["placements"]
        assert figures(part) == {
            "students": 4, "universities": 2, "hosts": 2, "offers": 2, "placement_hours": "14.00",
        }  # fmt: skip
        assert lines(part, "universities") == {"Ateneo Grande": 3, "Ateneo Piccolo": 1}
        assert lines(part, "placements") == {"In corso": 3, "Concluso": 1}

    def test_the_grants_are_those_of_the_ledger(self, programme, placed):
        _programme, by = funded("900.00", programme)
        initiative, leader = able(programme=programme)
        award, _leader, _by = awarded("600.00", programme, by, initiative, kind="placement", title="Borsa")
        assert figures(told(taken(programme), *WHO)["placements"])["grants"] == "0.00"
        claim = claims.submit(invoiced(award, leader, "250.00"), by=leader)
        claims.pay(claims.approve(claim, by=by), paid_on=dt.date(2021, 1, 1), reference="Mandato 9", by=by)
        assert figures(told(taken(programme), *WHO)["placements"])["grants"] == "250.00"

    def test_the_public_reads_no_name_and_no_group_of_few(self, client, programme, placed):
        results = taken(programme)
        public = told(results)["placements"]
        assert lines(public, "universities") == {"Ateneo Grande, Ateneo Piccolo": 4}
        assert lines(public, "placements") == {"In corso, Concluso": 4}
        actions.publish(programme, by=None)
        page = shown(client, "results_part", part="placements").text
        assert "tirocinanti" in page
        assert "Segreto" not in page
        assert reverse("experts:placement_all", args=["miracolo"]) not in page

    def test_two_students_are_too_few_to_tell(self, programme, placed):
        for one in placed[:2]:
            PlacementHours.objects.filter(placement=one).delete()
            one.delete()
        results = taken(programme)
        assert "placements" not in told(results)
        assert figures(told(results, *WHO)["placements"])["students"] == 2

    def test_each_figure_opens_to_its_placements(self, client, programme, placed):
        taken(programme)
        client.force_login(holder(programme, "auditor"))
        page = shown(client, "results_part", part="placements").text
        every = reverse("experts:placement_all", args=["miracolo"])
        assert f"{every}?begun=yes" in page
        listed = client.get(every, {"begun": "yes"}).text
        assert all(f"Segreto{number}" in listed for number in range(4))
        assert str(Placement.objects.get(started_at=None).student) not in listed
        small = placed[3].student.university
        narrowed = client.get(every, {"begun": "yes", "student__university": str(small.pk)}).text
        assert "Segreto3" in narrowed
        assert "Segreto0" not in narrowed

    def test_report_csv_and_json_say_the_same(self, client, programme, placed):
        taken(programme)
        actions.publish(programme, by=None)
        told_ = {one["key"]: one for one in shown(client, "results_json").json()["parts"]}["placements"]
        assert {"key": "students", "label": "tirocinanti", "value": 4} in told_["figures"]
        content = b"".join(shown(client, "results_csv", language="en").streaming_content).decode("utf-8-sig")
        assert ["Students at work", "students placed", "", "4"] in list(csv.reader(io.StringIO(content)))
        report = PdfReader(io.BytesIO(shown(client, "results_report", language="en").content))
        text = " ".join(page.extract_text() for page in report.pages)
        assert "Students at work" in text
        assert "Ateneo Grande" in text
        assert "Segreto" not in text


@pytest.fixture
def helped(programme):
    """Three experts of one partner help the first initiative, one of no partner the second."""
    partner = PartnerFactory(programme=programme, name="Rete Vicina")
    first, second = (InitiativeFactory(programme=programme, title=title) for title in ("Prima", "Seconda"))
    for number, initiative in enumerate((first, first, first, second)):
        engagement = EngagementFactory(
            request=ExpertRequestFactory(initiative=initiative), competence=CompetenceFactory(
                field__programme=programme
            ),
            partner=None if number == 3 else partner,
        )  # fmt: skip
        confirmed(engagement, minutes=60)
    return first, second, partner


class TestHoursByWhom:
    def test_the_staff_reads_every_initiative_and_partner_and_opens_the_sessions(
        self, client, programme, helped
    ):
        first, _second, partner = helped
        part = told(taken(programme), *WHO)["help"]
        assert lines(part, "helped") == {"Prima": "3", "Seconda": "1"}
        assert lines(part, "partners") == {"Rete Vicina": "3", "Di nessun partner": "1"}
        client.force_login(holder(programme, "auditor"))
        page = shown(client, "results_part", part="help").text
        sessions = reverse("experts:given", args=["miracolo"])
        for asked, n in ((f"initiative={first.pk}", 3), (f"partner={partner.pk}", 3), ("partner=none", 1)):
            assert f"{sessions}?{asked}" in page
            assert f"{n} incontr" in client.get(f"{sessions}?{asked}").text

    def test_the_public_reads_initiatives_that_tell_their_story_and_no_group_of_few(self, programme, helped):
        first, _second, partner = helped
        for _number in range(2):
            more = InitiativeFactory(programme=programme)
            for _expert in range(3):
                engagement = EngagementFactory(
                    request=ExpertRequestFactory(initiative=more),
                    competence=CompetenceFactory(field__programme=programme), partner=partner,
                )  # fmt: skip
                confirmed(engagement, minutes=120)
        results = taken(programme)
        assert "helped" not in [one.key for one in told(results)["help"].breakdowns]
        published(StoryFactory(initiative=first))
        part = told(results)["help"]
        assert lines(part, "helped") == {"Prima": "3", "3 altre iniziative": "13"}
        assert part.breakdowns[1].lines[0].rows == Story.objects.get().get_absolute_url()
        assert lines(part, "partners") == {"Rete Vicina, Di nessun partner": "16"}
        assert "meno di 3" in next(one.note for one in part.breakdowns if one.key == "partners")
        Story.objects.update(shown=None)
        assert "helped" not in [one.key for one in told(results)["help"].breakdowns]

    def test_the_lines_add_up_to_the_hours_given(self, programme, helped):
        part = told(taken(programme), *WHO)["help"]
        for key in ("helped", "partners", "hours"):
            assert sum(Decimal(one) for one in lines(part, key).values()) == Decimal(figures(part)["hours"])


class TestOneOfAThing:
    @pytest.mark.parametrize(
        ("language", "words"),
        [
            ("it", {"1 iniziativa accompagnata", "1 organizzazione", "1 nuova impresa"}),
            ("en", {"1 initiative accompanied", "1 organisation", "1 new enterprise"}),
        ],
    )
    def test_it_is_told_as_one(self, programme, language, words):
        InitiativeFactory(
            programme=programme,
            state="spun_off",
            enterprise=OrganisationFactory(),
            spun_off_on=dt.date(2021, 3, 1),
        )
        results = taken(programme)
        with override(language):
            said = {f"{one.shown} {one.label}" for part in told(results).values() for one in part.figures}
        assert words <= said

    @pytest.mark.parametrize("n", range(1, 13))
    def test_no_figure_stands_alone_on_a_row(self, n):
        assert n <= across(range(n)) or n % across(range(n)) != 1
