"""What the demo's jurors write for the applicants, by the score that they give. Invented, like the jurors."""

import random

from vivaio.calls.models import Criterion

WORDS = {
    1: ("Qui la proposta non dice abbastanza: mancano i fatti da cui partire.",),
    2: (
        "L’idea si intuisce, ma resta detta e non mostrata: servono esempi e numeri.",
        "Il punto è affrontato in poche righe. Provate a dire chi fa che cosa, e con quali tempi.",
    ),
    3: (
        "Un impianto corretto. Sarebbe più forte con qualche dato raccolto sul posto.",
        "Chiaro nell’insieme; alcuni passaggi restano generici, soprattutto sul dopo.",
    ),
    4: (
        "Convincente: si capisce da dove nasce e a chi serve.",
        "Buona tenuta. Resta da precisare come si misurerà il risultato.",
    ),
    5: (
        "Molto solido: persone, luoghi e tempi sono descritti con precisione.",
        "Uno dei punti migliori della proposta, sostenuto da prove.",
    ),
}
WHOLE = "Una proposta da continuare: tenete il legame con il quartiere, che è la sua forza."


def comments(
    values: dict[object, int], criteria: list[Criterion], chance: random.Random
) -> dict[object, str]:
    """A comment on most criteria, and sometimes one on the whole."""
    said: dict[object, str] = {
        one.pk: chance.choice(WORDS[values[one.pk]]) for one in criteria if chance.random() < 0.8
    }
    return said | ({None: WHOLE} if chance.random() < 0.3 else {})
