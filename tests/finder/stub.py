"""An encoder small enough for tests: a text's meaning is the ideas whose words, in any language, stand in it."""

import numpy as np

IDEAS = (
    ("brevett", "patent", "esclusiva", "erfindung", "invention"),
    ("contratt", "contract", "vertrag", "arbeitsrecht", "avvocat", "rechtsanw"),
    ("orto", "garden", "garten", "coltiv"),
    ("sartori", "tailor", "schneider", "cucito"),
    ("bici", "bicycle", "fahrrad", "mobilit"),
)


class Encoder:
    def __init__(self, threads: int = 1) -> None:
        self.texts: list[str] = []

    def encode(self, texts, *, asked):
        self.texts += texts
        made = np.full((len(texts), 384), 1e-4, np.float32)
        for row, text in enumerate(texts):
            for place, words in enumerate(IDEAS):
                made[row, place] += sum(text.casefold().count(word) for word in words)
            made[row, 300] += 0 if made[row].max() > 0.5 else 1
        return made / np.linalg.norm(made, axis=1, keepdims=True)


class Encoder2(Encoder):
    """Another encoder, whose vectors cannot be compared with the first one's."""
