"""The demo's call in two stages: the first one is over with its record, the second one is open today."""

import pytest
from django.urls import reverse

from vivaio.applications.models import AidDeclaration, Application, Proposal, Signature
from vivaio.blueprints.demo import blind, people, play
from vivaio.calls.models import Call, CallNotice, CallQuestion
from vivaio.config import verify
from vivaio.jury.models import Comment, Discussion, Draw, Meeting, Recusal, Revision
from vivaio.jury.states import MeetingState, Successor
from vivaio.mailroom.models import OutgoingLetter
from vivaio.mailroom.states import State
from vivaio.people.models import Person


@pytest.mark.django_db
def test_the_demo_has_a_call_in_two_stages_from_a_blind_jury_to_the_next_stage(client, tmp_path):
    play.play()
    first, second = Call.objects.filter(slug__startswith="tempo-condiviso").order_by("opens_at")
    assert (second.follows, second.is_open(), second.takes_questions) == (first, True, True)
    of_first = Application.objects.filter(call=first)
    assert (of_first.filter(state="admitted").count(), of_first.filter(state="excluded").count()) == (9, 1)
    assert Proposal.objects.filter(application__call=first, state="confirmed").count() == 10
    assert AidDeclaration.objects.filter(application__call=first).exclude(signed_at=None).count() == 10
    assert Meeting.objects.get(panel__call=first).state == MeetingState.CONCLUDED
    assert Recusal.objects.get(juror__panel__call=first).successor == Successor.TAKEN
    assert Discussion.objects.get(application__call=first).remarks.count() > 1
    assert Revision.objects.filter(assignment__juror__panel__call=first).count() == 1
    assert Draw.objects.get(call=first).seed == blind.DRAWN
    released = Comment.objects.filter(assignment__juror__panel__call=first, state="released")
    assert released.values("assignment__application").distinct().count() == 9
    assert Application.objects.filter(call=second, continues__call=first).count() == 4
    assert Signature.objects.filter(application__call=second).count() > 1
    assert [one.kind for one in CallNotice.objects.filter(call=second)] == ["extension", "amendment"]
    questions = CallQuestion.objects.filter(call=second)
    assert questions.filter(state="published", about="award-grant").exists()
    assert questions.filter(state="asked").count() == 1
    assert OutgoingLetter.objects.filter(letter="applications.own_letter", state=State.HELD).count() == 5
    record = tmp_path / "record.json"
    record.write_bytes(bytes(first.decision_record.content))
    assert verify.decision(str(record)) == 0
    opened(client, first, second)


def opened(client, first: Call, second: Call) -> None:
    """The pages that the people of the demo are led to."""
    of_first, of_second = [first.programme.slug, first.slug], [first.programme.slug, second.slug]
    led = Application.objects.get(call=second, organisation__name="Filo di Ringhiera")
    staff = {one["role"]: people.address(one["given"], one["family"]) for one in people.cast()["staff"]}
    applicant, juror = (people.address(*name) for name in (("Teresa", "Brambati"), ("Elena", "Vismara")))
    pages = {
        "": [
            reverse("calls:call", args=of_first),
            reverse("calls:call", args=of_second),
            reverse("calls:questions", args=of_second),
            reverse("jury:public_ranking", args=of_first),
        ],
        applicant: [
            led.get_absolute_url(),
            reverse("jury:outcome", args=[led.continues_id]),
        ],
        juror: [
            reverse(f"jury:{name}", args=[first.panel.pk]) for name in ("desk", "meeting", "discussions")
        ],
        staff["manager"]: [
            *[
                reverse(f"jury:{name}", args=of_first)
                for name in ("panel", "ranking", "comments", "staff_meeting", "recusals", "staff_discussions")
            ],
            *[reverse(f"calls:{name}", args=of_second) for name in ("question_queue", "notice", "stages")],
        ],
    }
    for email, addresses in pages.items():
        if email:
            client.force_login(Person.objects.get(email=email))
        for address in addresses:
            assert client.get(address, follow=True).status_code == 200, (email, address)
