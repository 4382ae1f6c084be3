"""The small world's part about plan, diary and contacts of initiatives."""

from typing import Any

from tests.factories.accompanying import (
    ContactFactory,
    DiaryCommentFactory,
    DiaryEntryFactory,
    DiaryFileFactory,
    DiaryPhotoFactory,
    MilestoneFactory,
    SharedMilestoneFactory,
    in_days,
    told_to_all,
)
from vivaio.initiatives.models import ContactStep, MilestoneStep
from vivaio.initiatives.states import ContactState, DiaryState, MilestoneState, Visibility


def build(world: Any) -> None:
    """A plan, a diary and contacts of the applicant's initiative, with as many rows as a list wants."""
    of = {"initiative": world.initiative}
    author = world.people["applicant"]
    for number in range(world.rows):
        world.milestone_shared = SharedMilestoneFactory(programme=world.programme)
        world.milestone = MilestoneFactory(**of, person=author)
        MilestoneFactory(**of, state=MilestoneState.REACHED, due_on=in_days(-number))
        MilestoneFactory(initiative=world.other_initiative, due_on=in_days(-number - 1))
        DiaryEntryFactory(**of, author=author, visibility=Visibility.PROGRAMME)
        ContactFactory(**of, next_step="Chiamare", next_due_on=in_days(number), recorded_by=author)
        ContactFactory(initiative=world.other_initiative, state=ContactState.WON, amount="100.00")
    world.milestone_over = MilestoneFactory(**of, state=MilestoneState.DROPPED)
    world.diary_entry = told_to_all(**of, author=author)
    world.diary_public = told_to_all(DiaryState.PUBLIC, **of, author=author)
    world.diary_draft = DiaryEntryFactory(**of, author=author, state=DiaryState.DRAFT, text="")
    world.contact = ContactFactory(**of)
    world.contact_over = ContactFactory(**of, state=ContactState.LOST, ended_on=in_days(-3))
    for _number in range(world.rows):
        world.diary_comment = DiaryCommentFactory(entry=world.diary_entry, person=author)
        world.diary_photo = DiaryPhotoFactory(entry=world.diary_entry)
        world.diary_file = DiaryFileFactory(entry=world.diary_entry)
        MilestoneStep.objects.create(milestone=world.milestone, led_to="under_way", person=author)
        ContactStep.objects.create(contact=world.contact, text="Abbiamo parlato.", person=author)


def places(world: Any) -> dict[str, dict[str, Any]]:
    """The arguments of each address that takes some."""
    initiative = {"pk": world.initiative.pk}
    milestone = {"pk": world.milestone.pk}
    entry = {"pk": world.diary_entry.pk}
    contact = {"pk": world.contact.pk}
    of = {"programme": world.programme.slug}
    shared = {"pk": world.milestone_shared.pk}
    named: dict[str, dict[str, Any]] = {
        **dict.fromkeys(("plan", "milestone_add", "milestones_take_over", "plan_ics"), initiative),
        **dict.fromkeys(("milestone", "milestone_edit", "milestone_start"), milestone),
        "milestone_place": {**milestone, "way": "up"},
        "milestone_act": {**milestone, "act": "reach"},
        **dict.fromkeys(("plans", "timeline", "shared_milestones", "shared_milestone_add"), of),
        **dict.fromkeys(("shared_milestone", "shared_milestone_remove"), shared),
        **dict.fromkeys(("diary", "diary_start"), initiative),
        **dict.fromkeys(("diary_entry", "diary_comment", "diary_write", "diary_typed"), entry),
        **dict.fromkeys(("diary_photo_add", "diary_file_add", "diary_delete", "diary_let_through"), entry),
        "diary_ask": entry,
        "diary_discard": {"pk": world.diary_draft.pk},
        "diary_comment_remove": {"pk": world.diary_comment.pk},
        "diary_photo": {"pk": world.diary_photo.pk, "size": "small"},
        "diary_photo_remove": {"pk": world.diary_photo.pk},
        "diary_file": {"pk": world.diary_file.pk},
        "diary_file_remove": {"pk": world.diary_file.pk},
        "diaries": of,
        **dict.fromkeys(("contacts", "contact_add"), initiative),
        **dict.fromkeys(("contact", "contact_edit", "contact_tell", "contact_end"), contact),
        "contact_reopen": {"pk": world.contact_over.pk},
        "programme_contacts": of,
    }
    return {f"initiatives:{name}": arguments for name, arguments in named.items()}


def sent(world: Any) -> dict[str, dict[str, Any]]:
    """What a person who may would send; nothing where a press on a button is all."""
    day = in_days(20).isoformat()
    contact = {
        "kind": "investor",
        "who": "Fondo Etico",
        "origin": "own",
        "begun_on": in_days(-2).isoformat(),
    }
    named: dict[str, dict[str, Any]] = {
        "milestone_add": {"title": "Primo cliente", "due_on": day},
        "milestone_edit": {"title": "Altro nome", "due_on": world.milestone.due_on.isoformat()},
        "milestone_act": {"on": in_days(-1).isoformat(), "words": "La foto"},
        "shared_milestone_add": {"title": "Giornata dei pitch", "due_on": day},
        "shared_milestone": {"title": "Giornata finale", "due_on": day},
        "diary_comment": {"text": "Bene così."},
        "diary_write": {"told_on": day, "title": "Oggi", "text": "Prova", "visibility": "team"},
        "diary_delete": {"reason": "Doppione"},
        "diary_let_through": {"revision": "1"},
        "diary_ask": {"words": "Togliete il nome.", "revision": "1"},
        "contact_add": contact,
        "contact_edit": contact,
        "contact_tell": {"text": "Richiamano lunedì."},
        "contact_end": {"to": "won", "outcome": "Ordine firmato", "amount": "1000"},
        "contact_reopen": {"reason": "Hanno richiamato"},
    }
    return {f"initiatives:{name}": values for name, values in named.items()}
