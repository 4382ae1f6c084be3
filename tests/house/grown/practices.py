"""The small world's part about good practices: collected, prepared, with their organisation, on line, suggested."""

from typing import Any

from tests.factories.practices import (
    PracticeFactory,
    PracticeIntroductionFactory,
    PracticeMarkFactory,
    applied,
    collection,
)
from vivaio.initiatives.models import Dimension
from vivaio.publishing.practices import actions
from vivaio.publishing.states import PracticeState


def build(world: Any) -> None:
    """Rows of `world.rows` each, hung on the world by names that begin like this module's subject."""
    call = collection(world.programme)
    needs = [one.key for one in Dimension.objects.filter(programme=world.programme)]
    of: dict[str, Any] = {"programme": world.programme}
    world.practice_need = needs[0]
    for number in range(world.rows):
        world.practice_application = applied(call)
        world.practice_draft = PracticeFactory(state=PracticeState.DRAFT, published_at=None, **of)
        world.practice_asked = PracticeFactory(
            state=PracticeState.ASKED, published_at=None, organisation=world.organisation, done="Altro", **of
        )
        world.practice_shown = PracticeFactory(slug=f"pratica-in-linea-{number}", **of)
        actions.settle(world.practice_shown, needs=needs, fields=["finance"], by=None)
        marked = {"initiative": world.initiative, "person": world.people["applicant"]}
        PracticeMarkFactory(practice=world.practice_shown, **marked)
        PracticeIntroductionFactory(practice=world.practice_shown, **marked)
    world.practice_new = PracticeFactory(slug="pratica-nuova", **of)
    actions.settle(world.practice_new, needs=needs, fields=[], by=None)


def places(world: Any) -> dict[str, dict[str, Any]]:
    """The arguments of each address that takes some."""
    here = {"programme": world.programme.slug}
    of_initiative = {"pk": world.initiative.pk, "practice": world.practice_new.pk}
    return {
        **{f"publishing:{name}": here for name in ("practices", "practice_desk", "practice_collect")},
        "publishing:practice": here | {"slug": world.practice_shown.slug},
        "publishing:practice_take": here | {"application": world.practice_application.pk},
        "publishing:practice_edit": {"pk": world.practice_draft.pk},
        "publishing:practice_act": {"pk": world.practice_draft.pk, "act": "publish"},
        "publishing:practice_own": {"pk": world.practice_asked.pk},
        "publishing:practices_suggested": {"pk": world.initiative.pk},
        "publishing:practice_introduce": of_initiative,
        "publishing:practice_mark": of_initiative | {"verdict": "useful"},
        **programs(world),
    }


def programs(world: Any) -> dict[str, dict[str, Any]]:
    """What programs read of all that comes after a selection."""
    here = {"programme": world.programme.slug}
    listed = ("list_stories", "list_practices", "list_staff_initiatives", "list_experts", "list_requests")
    by = ("expert", "initiative", "field", "competence", "partner")
    hours = ("read_hours", *(f"list_hours_by_{one}" for one in by))
    work = ("list_contacts", "list_profiles", "list_engagements", "list_placements", "list_claims")
    told = here | {"initiative": world.other_initiative.slug}
    return {
        **{f"v1:{name}": here for name in (*listed, *hours, *work, "list_money_awards", "list_postings")},
        "v1:read_story": told,
        "v1:list_diary": told,
        "v1:read_practice": here | {"practice": world.practice_shown.slug},
        "v1:read_initiative": {"id": world.initiative.pk},
    }


def sent(world: Any) -> dict[str, dict[str, Any]]:
    """What a person who may would send; nothing where a press on a button is all."""
    return {
        "publishing:practice_collect": {
            "title": "Raccolta",
            "opens_at": "2021-03-01T09:00",
            "closes_at": "2021-05-31T18:00",
        },
        "publishing:practice_edit": {"tags": "yes", "needs": world.practice_need},
        "publishing:practice_own": {"confirm": "yes", "revision": world.practice_asked.revision},
        "publishing:practice_introduce": {"message": "Come avete cominciato?"},
    }
