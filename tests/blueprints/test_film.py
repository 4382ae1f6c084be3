"""The film that the demo makes is one that browsers play."""

import base64

from vivaio.blueprints.demo.film import filmed


def test_a_browser_plays_the_film_and_jumps_in_it(page):
    film = filmed("seedbed")
    assert (film.kind, film.content_type) == ("webm", "video/webm")
    content = base64.b64encode(film.file.read()).decode()
    page.set_content(f'<video muted src="data:video/webm;base64,{content}"></video>')
    page.wait_for_function("document.querySelector('video').readyState >= 2")
    told = page.evaluate(
        """() => new Promise(tell => {
            const video = document.querySelector('video');
            video.onseeked = () => tell([video.duration, video.videoWidth, video.videoHeight, video.currentTime]);
            video.currentTime = 6.2;
        })"""
    )
    assert told == [10, 640, 360, 6.2]
    page.evaluate("document.querySelector('video').play()")
    page.wait_for_function("document.querySelector('video').currentTime > 6.5")
