"""The demo: the four programmes, and in Miracolo a jury at work today."""

import pytest
from allauth.account.models import EmailAddress

from vivaio.applications.models import Application
from vivaio.applications.states import ApplicationState
from vivaio.blueprints.demo import people, play
from vivaio.calls.models import Call
from vivaio.jury.models import Panel, Score
from vivaio.jury.queries import scoring
from vivaio.programmes.models import Notice, Programme
from vivaio.publishing.models import Video


@pytest.mark.django_db
def test_the_demo_is_judging_today_and_can_be_loaded_again():
    play.play()
    assert Programme.objects.count() == 4
    call = Call.objects.get(slug="selezione")
    admitted = Application.objects.filter(call=call, state=ApplicationState.ADMITTED)
    assert admitted.count() == 27
    assert scoring.window(Panel.objects.get(call=call)) == "open"
    scores = Score.objects.count()
    assert 0 < scores < 108 * 4
    film = Video.objects.get()
    assert (film.is_public, film.content_type, film.captions.count()) == (True, "video/webm", 2)
    for programme in (None, *Programme.objects.all()):
        assert Notice.objects.filter(programme=programme, number=1).exists()
    assert Call.objects.get(slug="be-social-be-maker").is_open()
    play.play()
    assert (Programme.objects.count(), Score.objects.count()) == (4, scores)
    for _role, email, _password in people.sign_ins():
        assert EmailAddress.objects.get(email=email).verified
