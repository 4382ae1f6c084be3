"""Vectors tell what is said, not in which language."""

import numpy as np

from tests.finder.stub import Encoder
from vivaio.finder.encoding import neutral

TELLTALE = {
    "it": ("cch", "zion", " il ", " che "),
    "de": ("sch", " der ", "ung", "ein"),
    "en": (" the ", "th"),
}


class Prejudiced(Encoder):
    """Puts texts of one language close together, and all of them into a corner, as multilingual encoders do."""

    def encode(self, texts, *, asked):
        made = super().encode(texts, asked=asked)
        for row, text in enumerate(texts):
            signs = {
                code: sum(f" {text.lower()} ".count(sign) for sign in TELLTALE[code]) for code in TELLTALE
            }
            made[row, 100 + list(TELLTALE).index(max(signs, key=signs.get))] += 2
            made[row, 200 + asked] += 3
        return made / np.linalg.norm(made, axis=1, keepdims=True)


def test_what_means_the_same_is_nearer_than_what_is_written_alike(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    asked, found = (
        ["che cerca il brevetto?"],
        ["il contratto che scade", "der Schneider", "Erfindung der Forschung"],
    )
    plain = Prejudiced()
    before = plain.encode(asked, asked=True) @ plain.encode(found, asked=False).T
    assert before.argmax() == 0
    encoder = neutral.Neutral(plain, "prejudiced")
    after = encoder.encode(asked, asked=True) @ encoder.encode(found, asked=False).T
    assert after.argmax() == 2
    assert np.allclose(np.linalg.norm(encoder.encode(found, asked=False), axis=1), 1, atol=1e-5)


def test_the_map_is_fitted_once_a_machine_and_the_same_again(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    first, again = Prejudiced(), Prejudiced()
    one, two = neutral.Neutral(first, "prejudiced"), neutral.Neutral(again, "prejudiced")
    assert first.texts
    assert not again.texts
    assert np.array_equal(one.between, two.between)
    assert len(list(tmp_path.glob("encoder-*.npz"))) == 1
    next(tmp_path.glob("encoder-*.npz")).write_bytes(b"cut off")
    assert np.allclose(neutral.Neutral(Prejudiced(), "prejudiced").asked, one.asked)


def test_every_text_is_there_in_every_language():
    codes, texts = neutral.parallel()
    assert set(codes) == {"it", "en", "de", "sk", "pl", "hu", "sl"}
    assert {codes.count(code) for code in set(codes)} == {24}
    assert len(set(texts)) == len(texts)
