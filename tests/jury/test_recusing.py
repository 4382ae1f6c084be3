"""A juror steps aside: the application leaves, passes to the best other juror, and may come back."""

import pytest
from django.urls import reverse

from tests.factories.blinding import blind_sheet
from tests.factories.jury import (
    AssignmentFactory,
    ConflictFactory,
    JurorFactory,
    PanelFactory,
    eligible,
    scored,
)
from tests.factories.programmes import holder
from tests.jury.test_panel import address
from vivaio.jury import planning
from vivaio.jury.actions import assignment as assigning
from vivaio.jury.actions import conflicts
from vivaio.jury.models import Assignment, Conflict, Recusal
from vivaio.jury.queries import assignment as assignments
from vivaio.jury.queries.scoring import scores_of
from vivaio.jury.recusing import actions
from vivaio.jury.states import Aside, AsideState, AssignmentState, ConflictState, Replacing, Successor
from vivaio.kit.rules import Refused
from vivaio.mailroom.models import OutgoingLetter
from vivaio.people.models import Relation
from vivaio.people.states import RelationKind, RelationSource

pytestmark = pytest.mark.django_db


class Jury:
    """A jury of three, one application read by two of them, who are busy and free; the third has the least."""

    def __init__(self, replacing=Replacing.AUTOMATIC, free=True):
        self.panel = PanelFactory(replacing=replacing)
        self.call = self.panel.call
        self.application = eligible(self.call)
        self.juror, self.other = JurorFactory(panel=self.panel), JurorFactory(panel=self.panel)
        self.sheet = AssignmentFactory(juror=self.juror, application=self.application)
        AssignmentFactory(juror=self.other, application=self.application)
        self.manager = holder(self.call.programme, "manager")
        self.free = JurorFactory(panel=self.panel) if free else None

    def aside(self, why=Aside.TIME, **more):
        return actions.step_aside(self.sheet, why, by=self.juror.person, **more)


def letters(name):
    return OutgoingLetter.objects.filter(letter=name)


def test_the_best_free_juror_takes_over_at_once_and_everybody_hears():
    jury = Jury()
    done = scored(jury.sheet)
    recusal = jury.aside()
    assert (recusal.successor, recusal.to) == (Successor.TAKEN, jury.free)
    assert Assignment.objects.get(juror=jury.free).application == jury.application
    done.refresh_from_db()
    assert done.state == AssignmentState.RECUSED
    assert done.scores.count() == 2, "what was given is kept"
    assert scores_of(jury.application.track) == [], "and does not count"
    assert letters("jury.ready").get().recipient_email == jury.free.email
    assert letters("jury.stepped_aside").get().recipient_email == jury.manager.email


def test_a_proposal_waits_for_the_staff(client):
    jury = Jury(Replacing.PROPOSED)
    recusal = jury.aside()
    assert (recusal.successor, recusal.to) == (Successor.PROPOSED, jury.free)
    assert not Assignment.objects.filter(juror=jury.free).exists()
    client.force_login(jury.manager)
    assert str(jury.free) in client.get(address(jury.call, "recusals")).content.decode()
    client.post(address(jury.call, "give_recused", pk=recusal.pk))
    assert Assignment.objects.get(juror=jury.free).locked
    with pytest.raises(Refused):
        actions.give(recusal, by=jury.manager)


def test_load_and_conflicts_are_respected_and_the_page_says_what_is_in_the_way(client):
    jury = Jury()
    ConflictFactory(juror=jury.free, application=jury.application)
    full = JurorFactory(panel=jury.panel, capacity=1)
    AssignmentFactory(juror=full)
    Assignment.objects.filter(juror=full).update(application=eligible(jury.call))
    recusal = jury.aside()
    assert (recusal.successor, recusal.to) == (Successor.NOBODY, None)
    client.force_login(jury.manager)
    page = client.get(address(jury.call, "recusals").replace("/it/", "/en/")).content.decode()
    assert "2 jurors may not read it" in page, "the one in conflict, and who stepped aside"
    assert "1 has as much to read as agreed" in page
    with pytest.raises(Refused):
        actions.give(recusal, by=jury.manager)


def test_nobody_is_sought_where_enough_read_it():
    jury = Jury()
    AssignmentFactory(juror=jury.free, application=jury.application)
    assert jury.aside().successor == Successor.ENOUGH


def test_a_conflict_is_declared_with_the_relation_where_it_is_known():
    jury = Jury()
    jury.aside(Aside.CONFLICT, reason="Mia sorella ci lavora.", relation=RelationKind.FAMILY)
    assert Conflict.objects.get().state == ConflictState.STANDING
    relation = Relation.objects.get(person=jury.juror.person)
    assert relation.organisation == jury.application.organisation
    assert relation.source == RelationSource.DECLARED
    blind = blind_sheet()
    actions.step_aside(
        blind, Aside.CONFLICT, reason="Credo sia la sua.", relation=RelationKind.FAMILY, by=blind.juror.person
    )
    assert not Relation.objects.filter(person=blind.juror.person).exists(), "a belief is no relation"


def test_who_stepped_aside_is_not_given_it_again(in_english):
    jury = Jury(free=False)
    jury.aside()
    inputs = assignments.inputs(jury.panel)
    row, column = inputs.applications.index(jury.application.pk), inputs.jurors.index(jury.juror.pk)
    assert (row, column) in inputs.forbidden
    assert "shortages" in planning.compute(inputs, "total")
    with pytest.raises(Refused, match="stepped aside"):
        assigning.add(jury.panel, jury.juror, jury.application, by=jury.manager)


def test_the_staff_undoes_it_with_a_reason_and_scores_count_again(in_english):
    jury = Jury()
    scored(jury.sheet)
    recusal = jury.aside(Aside.CONFLICT, reason="Credevo fosse mio cugino.")
    with pytest.raises(Refused, match="sentence"):
        actions.undo(recusal, reason="no", by=jury.manager)
    with pytest.raises(Refused):
        actions.undo(recusal, reason="Era un omonimo, chiarito.", by=jury.juror.person)
    actions.undo(recusal, reason="Era un omonimo, chiarito.", by=jury.manager)
    jury.sheet.refresh_from_db()
    assert jury.sheet.state == AssignmentState.DONE
    assert Conflict.objects.get().state == ConflictState.DISMISSED
    assert Recusal.objects.get().state == AsideState.UNDONE
    assert Assignment.objects.filter(juror=jury.free).exists(), "who took over keeps it"
    with pytest.raises(Refused, match="already"):
        actions.undo(recusal, reason="Era un omonimo, chiarito.", by=jury.manager)


def test_undoing_sets_no_other_conflict_aside(in_english):
    jury = Jury()
    recusal = jury.aside(Aside.TIME)
    conflict = ConflictFactory(juror=jury.juror, application=jury.application)
    with pytest.raises(Refused, match="for its own reason"):
        actions.undo(recusal, reason="Ha trovato il tempo.", by=jury.manager)
    conflict.refresh_from_db()
    assert conflict.state == ConflictState.STANDING


def test_nobody_takes_over_from_an_applicant_that_nobody_knows(client):
    jury = Jury()
    jury.application.organisation.memberships.all().delete()
    recusal = jury.aside()
    assert recusal.successor == Successor.NOBODY
    with pytest.raises(Refused):
        actions.give(recusal, by=jury.manager)
    client.force_login(jury.manager)
    assert "mancano i membri" in client.get(address(jury.call, "recusals")).content.decode()
    conflicts.clear(jury.panel, jury.application, reason="La conosciamo tutti.", by=jury.manager)
    assert actions.give(recusal, by=jury.manager).to == jury.free


def test_a_proposal_that_is_not_needed_any_more_names_nobody():
    jury = Jury(Replacing.PROPOSED)
    recusal = jury.aside()
    assigning.add(jury.panel, jury.free, jury.application, by=jury.manager)
    settled = actions.give(recusal, by=jury.manager)
    assert (settled.successor, settled.to) == (Successor.ENOUGH, None)


def test_a_conflict_set_aside_gives_nothing_back_to_who_cannot_judge():
    jury = Jury()
    jury.aside(Aside.COMPETENCE)
    conflict = ConflictFactory(juror=jury.juror, application=jury.application)
    conflicts.dismiss(conflict, reason="Non era un conflitto.", by=jury.manager)
    jury.sheet.refresh_from_db()
    assert jury.sheet.state == AssignmentState.RECUSED


def test_nobody_steps_aside_for_another_nor_twice(client, in_english):
    jury = Jury()
    with pytest.raises(Refused):
        actions.step_aside(jury.sheet, Aside.TIME, by=jury.other.person)
    jury.aside()
    with pytest.raises(Refused, match="already"):
        jury.aside()
    client.force_login(jury.juror.person)
    sheet = reverse("jury:sheet", args=[jury.panel.pk, jury.sheet.pk])
    assert client.get(sheet).status_code == 404


def test_the_juror_says_why_on_a_page(client):
    jury = Jury()
    client.force_login(jury.juror.person)
    page = reverse("jury:recuse", args=[jury.panel.pk, jury.sheet.pk])
    assert client.post(page, {"why": "conflict"}).status_code == 200
    assert not Recusal.objects.exists(), "a conflict wants words"
    assert client.post(page, {"why": "competence"}).status_code == 302
    assert Recusal.objects.get().why == Aside.COMPETENCE
    desk = client.get(reverse("jury:desk", args=[jury.panel.pk])).content.decode()
    assert "Passata ad altri" in desk


def test_the_jury_says_how_successors_are_found(client):
    jury = Jury(Replacing.PROPOSED)
    client.force_login(jury.manager)
    client.post(address(jury.call, "set_replacing"), {"replacing": "automatic"})
    jury.panel.refresh_from_db()
    assert jury.panel.replacing == Replacing.AUTOMATIC
    client.post(address(jury.call, "set_replacing"), {"replacing": "nonsense"})
    jury.panel.refresh_from_db()
    assert jury.panel.replacing == Replacing.AUTOMATIC
    undo = address(jury.call, "undo_recusal", pk=jury.aside().pk)
    assert client.get(undo).status_code == 200
    assert client.post(undo, {"reason": "Ha trovato il tempo."}).status_code == 302
    assert Recusal.objects.get().state == AsideState.UNDONE


def test_the_pages_cost_little(client, django_assert_max_num_queries):
    jury = Jury(Replacing.PROPOSED, free=False)
    recusal = jury.aside()
    client.force_login(jury.manager)
    for name, more in (
        ("recusals", {}),
        ("undo_recusal", {"pk": recusal.pk}),
        ("progress", {}),
        ("assignment", {}),
    ):
        page = address(jury.call, name, **more)
        client.get(page)
        with django_assert_max_num_queries(12):
            assert client.get(page).status_code == 200


def test_the_blind_pages_cost_little(client, django_assert_max_num_queries):
    sheet = blind_sheet()
    call = sheet.juror.panel.call
    read = [
        reverse("jury:sheet", args=[sheet.juror.panel_id, sheet.pk]),
        reverse("jury:desk", args=[sheet.juror.panel_id]),
    ]
    staff = [address(call, "blind"), address(call, "blinded", pk=sheet.application.pk)]
    for person, pages in ((sheet.juror.person, read), (holder(call.programme, "manager"), staff)):
        client.force_login(person)
        for page in pages:
            client.get(page)
            with django_assert_max_num_queries(12):
                assert client.get(page).status_code == 200
