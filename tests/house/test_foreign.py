"""What belongs to another call, programme, panel, application or organisation cannot be reached through one's own.

Whoever asks here may do all this to both sides: what is proved is that an address or a form never mixes them.
"""

from typing import Any

import pytest
from django.db import connection, transaction
from django.urls import reverse

from tests.factories.applications import handed_in
from tests.factories.calls import TrackFactory
from tests.factories.jury import JurorFactory, PanelFactory, eligible, judging_call
from tests.factories.people import MembershipFactory
from tests.factories.programmes import PartnerFactory, PhaseFactory
from tests.house import addresses, attack
from tests.house.asking import Answer, ask, client_of
from vivaio.programmes.models import Programme

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def parents(world: Any) -> dict[str, list[dict[str, Any]]]:
    """For each way of naming a parent, others that the same people may use."""
    calls = [world.open, world.shut, world.judging, world.with_ranking, world.published_call]
    applications = [world.handed, world.waiting, world.in_integration, world.excluded, world.draft]
    return {
        "slug": [{"slug": Programme.objects.get(slug="altrove").slug}],
        "shelf": [{"programme": Programme.objects.get(slug="altrove").slug}],
        "call": [{"programme": one.programme.slug, "call": one.slug} for one in calls],
        "call in slug": [{"programme": one.programme.slug, "slug": one.slug} for one in calls],
        "panel": [{"panel": one.panel.pk} for one in (world.with_ranking, world.published_call)],
        "application": [{"pk": one.pk} for one in applications],
        "request": [{"pk": type(world.request).objects.exclude(pk=world.request.pk).first().pk}],
        "organisation": [{"pk": world.another.pk}],
    }


def kind_of(name: str, given: dict[str, Any]) -> str:
    """By what the address names the parent; empty where it names one thing alone."""
    if "shelf" in given:
        return "shelf" if "pk" in given else ""
    if set(given) & {"pk", "batch"} and "programme" in given:
        return "call" if "call" in given else "call in slug"
    if "slug" in given and set(given) & {"pk", "batch"}:
        return "slug"
    if "panel" in given and "pk" in given:
        return "panel"
    if name.startswith("people:") and set(given) & {"invitation", "membership"}:
        return "organisation"
    if name.startswith("applications:integration") and "file" in given:
        return "request"
    return "application" if set(given) & {"receipt", "check"} or name == "applications:file" else ""


def there(name: str, given: dict[str, Any]) -> list[str]:
    """The address; of what is done to a number of letters also with the number that a foreign batch has here."""
    url, asked = reverse(name, kwargs=given), addresses.QUERY.get(name, "")
    return [url + asked, f"{url}?count=0"] if "count" in asked else [url + asked]


def refused(found: Answer) -> bool:
    return found.status in ("404", "405", "login")


def back_to_the_outbox(found: Answer, given: dict[str, Any]) -> bool:
    """A batch is only a number that letters share: where none of the programme's has it, there is nothing to show."""
    if found.status != "302" or "batch" not in given:
        return False
    return found.response.url.startswith(reverse("desk:outbox", args=[given["slug"]]))


def test_a_thing_is_reached_only_through_what_it_belongs_to(world):
    others, sent, wrong, tried = parents(world), addresses.sent(world), {}, set()
    for name, given in addresses.arguments(world).items():
        kind = kind_of(name, given)
        if not kind:
            continue
        tried.add(name)
        for other in others[kind]:
            mixed = given | other
            if mixed == given:
                continue
            for url in there(name, mixed):
                for role in {attack.reader(name), attack.roles().get(name), "administrator"} - {None}:
                    client = client_of(world, role)
                    for method, data in (("get", {}), ("post", addresses.as_sent(sent.get(name)))):
                        found = ask(client, method, url, **data)
                        if not (refused(found) or back_to_the_outbox(found, mixed)) or found.wrote:
                            wrong[f"{method} {url} as {role}"] = f"{found.status} {found.wrote[:1]}"
    assert wrong == {}
    assert len(tried) > 30


@pytest.fixture
def foreign(world):
    """What the programme next door has, and the other calls of this one."""
    with transaction.atomic():
        elsewhere = Programme.objects.get(slug="altrove")
        call = judging_call(programme=elsewhere, slug="altrui")
        panel = PanelFactory(call=call)
        made = {
            "programme": elsewhere,
            "call": call,
            "track": TrackFactory(call=call),
            "juror": JurorFactory(panel=panel),
            "application": eligible(call),
            "waiting": handed_in(call),
            "partner": PartnerFactory(programme=elsewhere),
            "phase": PhaseFactory(programme=elsewhere),
            "organisation": MembershipFactory().organisation,
            "criterion": call.criteria.first(),
        }
        yield made
        transaction.set_rollback(True)


def forms(world: Any, foreign: dict[str, Any]) -> list[tuple[str, str, str, dict[str, Any]]]:
    """Forms that name what is another's: whose they are, where they go, what they send."""
    call, unread = addresses._of(world.judging), {"pk": world.unassigned.pk}
    row = {"TOTAL_FORMS": "1", "INITIAL_FORMS": "0"}

    def rows(part: str, pk: Any) -> dict[str, Any]:
        counted = {f"{part}-{key}": value for key, value in row.items()}
        return counted | {f"{part}-0-row": str(pk), f"{part}-0-key": str(pk), f"{part}-0-remove": "on",
                          f"{part}-0-DELETE": "on", f"{part}-0-title": "Preso", f"{part}-0-name": "Preso"}  # fmt: skip

    def edit(section: str) -> str:
        return reverse("calls:edit", kwargs={**addresses._of(world.prepared, "slug"), "section": section})

    reason = {"reason": "Lo dice il regolamento."}
    record, judge = reverse("jury:conflict_record", kwargs=call), foreign["juror"].pk
    apply = reverse("applications:apply", kwargs=addresses._of(world.open, "slug"))
    mine = {"track": world.open.tracks.first().pk, "organisation": world.another.pk}
    slug = {"slug": world.programme.slug}
    return [
        ("a track", "applicant", apply, mine | {"track": foreign["track"].pk}),
        ("an organisation", "applicant", apply, mine | {"organisation": foreign["organisation"].pk}),
        ("applications", "manager", reverse("applications:confirm_all", kwargs=addresses._of(world.shut, "slug")),
         {"application": [foreign["waiting"].pk, "nothing", "\0"]}),
        ("a juror", "manager", record, reason | {"juror": judge, "application": world.unassigned.pk}),
        ("an application", "manager", record,
         reason | {"juror": world.seat.pk, "application": foreign["application"].pk}),
        ("a reader", "manager", reverse("jury:add_reader", kwargs=call | unread), {"juror": judge}),
        ("a colleague", "manager", reverse("jury:shift", kwargs={**call, "pk": world.assignment.pk}), {"juror": judge}),
        ("conflicts", "juror", reverse("jury:declaration", kwargs={"panel": world.panel.pk}),
         {"conflict": [foreign["application"].pk, "nothing"], "none": ""}),
        ("a conflict named", "juror", reverse("jury:declaration", kwargs={"panel": world.panel.pk}),
         {"name": foreign["application"].pk}),
        ("a conflict taken back", "juror", reverse("jury:declaration", kwargs={"panel": world.panel.pk}),
         {"take_back": foreign["application"].pk}),
        ("tracks", "manager", edit("tracks"), rows("tracks", foreign["track"].pk)),
        ("criteria", "manager", edit("criteria"), rows("criteria", foreign["criterion"].pk)),
        ("partners", "manager", reverse("programmes:partners", kwargs=slug), rows("form", foreign["partner"].key)),
        ("phases", "manager", reverse("programmes:phases", kwargs=slug), rows("form", foreign["phase"].key)),
        ("the order of equals", "manager",
         reverse("jury:order_tied", kwargs={**addresses._of(world.equal_call), "pk": world.equals.pk, "position": 1}),
         reason | {f"place_{entry.pk}": n for n, entry in enumerate(world.ranking.entries.all(), start=1)}),
    ]  # fmt: skip


def test_a_form_changes_nothing_of_another(world, foreign):
    ours = {str(row.pk) for row in foreign.values()} | {
        str(entry.pk) for entry in world.ranking.entries.all()
    }
    wrong = {}
    for what, role, url, data in forms(world, foreign):
        named: list[str] = []

        def noted(execute, sql, params, many, context, named=named):
            if (
                sql.lstrip().upper().startswith(("INSERT", "UPDATE", "DELETE"))
                and "django_session" not in sql
            ):
                named += [str(one) for one in params or () if str(one) in ours]
            return execute(sql, params, many, context)

        with connection.execute_wrapper(noted):
            found, failure = attack.asked(client_of(world, role), "post", url, data)
        if failure or named or found.status not in ("200", "302", "404", "409", "422"):
            wrong[what] = f"{found.status} wrote {named} {failure}"
    assert wrong == {}
