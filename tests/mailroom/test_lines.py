"""Lines that were broken for the mail are whole again on a page; those that somebody wrote stay."""

from hypothesis import given
from hypothesis import strategies as st

from vivaio.mailroom.lines import WIDTH, rejoined
from vivaio.mailroom.rendering import _filled

WORDS = st.text(st.characters(codec="ascii", categories=("L", "N")), min_size=1, max_size=20)


@given(st.lists(WORDS, min_size=1, max_size=60))
def test_a_paragraph_that_was_filled_is_one_line_again(words):
    text = " ".join(words)
    assert rejoined(_filled(text, [])) == text


def test_lines_that_somebody_wrote_stay():
    text = "Numero: 1\nBando: Ricerca e selezione\n\nA presto"
    assert rejoined(text) == text
    assert len(max(_filled("parola " * 40, []).split("\n"), key=len)) <= WIDTH
