"""Every figure of the results opens to the rows that it counts; the public is led only where it may go."""

import datetime as dt
import re
from decimal import Decimal

import pytest
from django.urls import reverse

from tests.factories import analysing as needs
from tests.factories.analysing import ProfileFactory, RoundFactory
from tests.factories.applications import open_call
from tests.factories.experts import CompetenceFactory, EngagementFactory, ExpertRequestFactory, confirmed
from tests.factories.funding import able, awarded, funded, invoiced
from tests.factories.initiatives import InitiativeFactory, StoryFactory, published
from tests.factories.jury import PanelFactory, eligible, judging_call
from tests.factories.people import PersonFactory
from tests.factories.placing import OfferFactory
from tests.factories.programmes import holder
from tests.publishing.test_results import figures, grown, lines, shown, taken, told
from tests.publishing.test_results_parts import helped, placed
from vivaio.experts.models import Placement
from vivaio.funding.actions import awards, claims
from vivaio.initiatives.models import ContestEntry, Interest
from vivaio.jury.models import Ranking, RankingEntry
from vivaio.kit import clock
from vivaio.publishing.results import actions

pytestmark = pytest.mark.django_db
__all__ = ["grown", "helped", "placed"]

# What counts something else than the rows of its list: hours and money are their sum, and these the different values
# in a column, by which the list is sorted.
DISTINCT = {"organisations": "organisation", "universities": "university", "hosts": "initiative"}
SUMS = {"hours", "value", "placement_hours", "grants", "brought", "awarded", "paid"}
OTHER = {"better"}  # dimensions, each a column of the list
HOURS = {"hours", "partners", "helped"}  # breakdowns


def contest(programme, n=3, won=1, interest=2, slug="concorso"):
    """A contest with entries, winners and interest."""
    call = judging_call(programme=programme, slug=slug, kind="contest", disclosure="everyone")
    PanelFactory(call=call, state="closed")
    ranking = Ranking.objects.create(
        call=call, track=call.tracks.get(), state="published", published_at=clock.now(),
        public_until=clock.now() + dt.timedelta(days=30),
    )  # fmt: skip
    for place in range(n):
        application = eligible(call)
        entry = ContestEntry.objects.create(
            initiative=InitiativeFactory(programme=programme, title=f"{slug} {place}"),
            application=application,
        )
        RankingEntry.objects.create(
            ranking=ranking, application=application, order=place + 1, position=place + 1, score=80 - place,
            outcome="selected" if place < won else "not_selected",
        )  # fmt: skip
        for number in range(interest if place == 0 else 0):
            Interest.objects.create(
                entry=entry, person=PersonFactory(), kind="invest", message="Parliamone.",
                state="marked" if number else "accepted",
            )  # fmt: skip
    return call


@pytest.fixture
def filled(programme, grown, placed, helped):
    """A programme of which each part has something to tell, with rows beside them that no figure counts."""
    contest(programme)
    contest(programme, n=2, won=0, interest=1, slug="secondo")
    open_call(programme=programme, slug="senza-iscritti", kind="contest")
    OfferFactory(round=placed[0].round, initiative=grown[0], state="draft")
    OfferFactory(round=placed[0].round, initiative=grown[0], state="withdrawn")
    needs.set_up(programme)
    rounds = [RoundFactory(programme=programme, position=at) for at in (1, 2)]
    for before, after in ((20, 60), (30, 20), (41, 50)):
        initiative = InitiativeFactory(programme=programme)
        for row, points in zip(rounds, (before, after), strict=True):
            needs.agreed(ProfileFactory(initiative=initiative, round=row), finance=points, communication=50)
    _programme, by = funded("9000.00", programme)
    initiative, leader = able(programme=programme)
    award, _leader, _by = awarded("5000.00", programme, by, initiative)
    awarded("400.00", programme, by, initiative, kind="placement", title="Borsa")
    gone, _leader, _by = awarded("2000.00", programme, by, initiative)
    awards.revoke(gone, reason="Rinuncia", by=by)
    claim = claims.submit(invoiced(award, leader, "1200.00"), by=leader)
    claims.pay(claims.approve(claim, by=by), paid_on=dt.date(2020, 10, 1), reference="Mandato 7", by=by)
    claims.submit(invoiced(award, leader, "800.00"), by=leader)
    InitiativeFactory(programme=programme, state="independent")
    taken(programme)
    actions.publish(programme, by=None)
    return programme


def every_part(programme, person):
    """The parts as this person reads them."""
    permissions = person and {
        "programme.read", "initiatives.read", "experts.read", "funding.read", "calls.read", "jury.read",
    }  # fmt: skip
    return told(programme.results, *(permissions or ()))


class TestWhatAFigureIsMadeOf:
    def test_each_opens_exactly_its_rows(self, client, filled):
        client.force_login(holder(filled, "manager"))
        parts = every_part(filled, person=True)
        assert set(parts) == {
            "who", "help", "placements", "change", "contacts", "contests", "money", "enterprises",
        }  # fmt: skip
        wrong = {}
        for part in parts.values():
            for one in part.figures:
                assert one.rows, f"{part.key}: {one.key} opens to nothing"
                table = client.get(one.rows).context["table"]
                if one.key in DISTINCT:
                    column = next(each for each in table.columns if each.key == DISTINCT[one.key])
                    found = len({str(column.value_of(row)) for row in table.found} - {"", "None"})
                elif one.key in SUMS | OTHER:
                    continue
                else:
                    found = table.count
                if found != one.value:
                    wrong[f"{part.key}: {one.key}"] = (one.value, found, one.rows)
        assert not wrong

    def test_so_does_each_line_and_each_cell(self, client, filled):
        client.force_login(holder(filled, "manager"))
        wrong, followed = {}, 0
        for part in every_part(filled, person=True).values():
            for by in part.breakdowns:
                for line in by.lines:
                    for value, (_shown, own) in zip(line.values, line.opened, strict=True):
                        href = own if line.links else line.rows
                        if not href or not value or not isinstance(value, int):
                            continue
                        followed += 1
                        found = client.get(href).context["table"].count
                        if found != value:
                            wrong[f"{by.key}: {line.label} {href}"] = (value, found)
        assert not wrong
        assert followed > 25

    def test_no_line_opens_to_nothing(self, filled):
        for part in every_part(filled, person=True).values():
            for by in part.breakdowns:
                for line in by.lines:
                    for value, (_shown, own) in zip(line.values, line.opened, strict=True):
                        assert own or (not line.links and line.rows) or not value, (by.key, line.label, value)
            for line in part.profile.lines if part.profile else []:
                assert line.rows, line.title
                assert line.grew, line.title

    def test_where_a_dimension_grew_opens_to_the_initiatives_that_grew_in_it(self, client, filled):
        client.force_login(holder(filled, "manager"))
        for line in every_part(filled, person=True)["change"].profile.lines:
            told = client.get(line.rows).context["table"].count
            assert 0 <= client.get(line.grew).context["table"].count <= told
            assert told == filled.results.figures["change"]["initiatives"]

    def test_nobody_else_is_led_to_the_lists_of_the_staff(self, filled):
        profile = every_part(filled, person=False)
        lines = profile["change"].profile.lines if "change" in profile else []
        assert not [line for line in lines if line.rows or line.grew]
        contests = profile["contests"].breakdowns[0].lines if "contests" in profile else []
        assert not [link for line in contests for link in line.links if link]

    def test_hours_are_the_sum_of_the_sessions_behind_them(self, client, filled):
        client.force_login(holder(filled, "manager"))
        for by in every_part(filled, person=True)["help"].breakdowns:
            assert by.key in HOURS
            for line in by.lines:
                rows = client.get(line.rows).context["table"].found
                assert Decimal(sum(row.minutes for row in rows)) / 60 == Decimal(line.values[0])

    def test_money_is_the_balance_of_the_lines_behind_it(self, client, filled):
        client.force_login(holder(filled, "manager"))
        money = every_part(filled, person=True)["money"]
        standing = next(one for one in money.breakdowns if one.key == "standing")
        found = {}
        for line in standing.lines:
            rows = client.get(line.rows).context["table"].found
            found[line.label] = str(abs(sum(row.amount for row in rows)))
        assert found == lines(money, "standing")
        assert found["Assegnato"] == figures(money)["awarded"] == "5400.00"

    def test_the_change_of_the_needs_stands_by_dimension(self, client, filled):
        client.force_login(holder(filled, "manager"))
        page = reverse("initiatives:needs_change", args=["miracolo"])
        text = client.get(page).text
        assert "20 → 60 (+40)" in text
        assert "30 → 20 (−10)" in text
        finance = filled.dimensions.get(key="finance")
        narrowed = client.get(page, {"grew": str(finance.pk)})
        assert narrowed.context["table"].count == 2

    def test_the_lists_of_contests_say_who_won_and_never_who_showed_interest(self, client, filled):
        client.force_login(holder(filled, "community_manager"))
        won = client.get(reverse("initiatives:programme_entries", args=["miracolo"]), {"winner": "yes"})
        assert [row.initiative.title for row in won.context["table"].found] == ["concorso 0"]
        interest = client.get(reverse("initiatives:programme_interest", args=["miracolo"]))
        assert "concorso 0" in interest.text
        people = Interest.objects.select_related("person")
        assert not any(str(one.person) in interest.text for one in people)
        export = client.get(reverse("initiatives:programme_interest", args=["miracolo"]), {"export": "csv"})
        assert "concorso 0" in b"".join(export.streaming_content).decode("utf-8-sig")


class TestThePublic:
    @pytest.mark.parametrize("language", ["it", "en"])
    def test_is_led_only_where_it_may_go(self, client, filled, language):
        published(StoryFactory(initiative=InitiativeFactory(programme=filled)))
        pages = ["results"] + [
            ("results_part", key) for key in every_part(filled, person=None) if key != "stories"
        ]
        for name in pages:
            text = (shown(client, name, language) if isinstance(name, str) else shown(client, name[0], language,
                    part=name[1])).text  # fmt: skip
            main = text.split("<main")[1].split("</main")[0]
            for href in sorted(set(re.findall(r'href="(/[^"#]*)"', main))):
                assert client.get(href.replace("&amp;", "&")).status_code == 200, (name, href)


class TestNobodyIsSubtracted:
    def test_one_initiative_that_tells_no_story_stands_with_others(self, programme, helped):
        first, second, partner = helped
        for initiative in (first, *helped_too(programme, partner, 3)):
            published(StoryFactory(initiative=initiative))
        results = taken(programme)
        told_of = lines(told(results)["help"], "helped")
        hidden = [label for label in told_of if "altre iniziative" in label]
        assert hidden == ["3 altre iniziative"]
        assert str(second) not in told_of
        assert sum(Decimal(one) for one in told_of.values()) == Decimal(
            figures(told(results)["help"])["hours"]
        )

    def test_alone_among_few_it_is_not_told_at_all(self, programme, helped):
        published(StoryFactory(initiative=helped[0]))
        assert "helped" not in [one.key for one in told(taken(programme))["help"].breakdowns]

    def test_what_one_student_got_is_not_told(self, client, programme, placed):
        _programme, by = funded("9000.00", programme)
        initiative, _leader = able(programme=programme)
        _award, _leader, _by = awarded("613.00", programme, by, initiative, kind="placement", title="Borsa")
        results = taken(programme)
        assert "money" not in told(results)
        assert "grants" not in figures(told(results)["placements"])
        for amount in ("1000.00", "1500.00", "500.00"):
            awarded(amount, programme, by, initiative)
        results = taken(programme)
        public = told(results)["money"]
        assert lines(public, "awards") == {"Borsa di tirocinio, Voucher": (4, "3613.00", "0.00")}
        assert "613.00" in str(lines(every(results)["money"], "awards"))
        actions.publish(programme, by=None)
        assert "613.00" not in shown(client, "results_json").text.replace("3613.00", "")

    def test_grants_of_three_students_are_told(self, programme, placed):
        _programme, by = funded("9000.00", programme)
        initiative, _leader = able(programme=programme)
        for _number in range(3):
            awarded("600.00", programme, by, initiative, kind="placement", title="Borsa")
        results = taken(programme)
        assert figures(told(results)["placements"])["grants"] == "0.00"
        assert figures(told(results)["money"])["awarded"] == "1800.00"

    def test_a_university_of_one_student_is_told_with_another(self, programme, placed):
        assert Placement.objects.exclude(started_at=None).count() == 4
        public = told(taken(programme))["placements"]
        assert lines(public, "universities") == {"Ateneo Grande, Ateneo Piccolo": 4}
        assert "meno di 3" in next(one.note for one in public.breakdowns if one.key == "universities")


def every(results):
    return told(results, "programme.read", "initiatives.read", "experts.read", "funding.read", "calls.read")


def helped_too(programme, partner, n):
    """More initiatives that three experts helped."""
    made = [InitiativeFactory(programme=programme, title=f"Altra {number}") for number in range(n)]
    for initiative in made:
        for _expert in range(3):
            engagement = EngagementFactory(
                request=ExpertRequestFactory(initiative=initiative),
                competence=CompetenceFactory(field__programme=programme), partner=partner,
            )  # fmt: skip
            confirmed(engagement, minutes=60)
    return made
