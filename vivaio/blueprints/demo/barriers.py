"""The demo's accessibility statement, and what people have reported: waiting, in hand, closed."""

import datetime as dt
from typing import Any

from vivaio.kit import clock
from vivaio.people.models import Person
from vivaio.publishing.accessibility import actions
from vivaio.publishing.accessibility.truth import TEXTS, in_each
from vivaio.publishing.states import Assessment, Compliance, Mended, ReportKind

BODY = {
    "body": "Comune di Milano (dati di prova)",
    "email": "accessibilita@vivaio.example",
    "phone": "02 0000 0000",
    "status": Compliance.PARTIAL,
    "method": Assessment.OWN,
}


def meet(administrator: Person) -> None:
    """The statement was reviewed two months ago; three people write, the first is answered well in time."""
    with before(days=64):
        texts = {name: in_each(text, ["it", "en"]) for name, text in TEXTS.items()}
        actions.declare(BODY | {"assessed_on": clock.today()}, texts, by=administrator)
    mended(administrator)
    in_hand(administrator)
    with before(days=2, hours=3):
        actions.receive(
            {
                "kind": ReportKind.CONTENT,
                "barrier": "Il documento con il testo del bando mi serve in caratteri grandi, o come pagina web: "
                "nel PDF devo scorrere a destra e a sinistra per ogni riga.",
                "page": "/it/programmes/miracolo-a-milano/documents/",
                "email": "piera.sala@vivaio.example",
            }
        )


def mended(administrator: Person) -> None:
    """A barrier that was found, mended and told."""
    with before(days=41):
        report = actions.receive(
            {
                "kind": ReportKind.BARRIER,
                "barrier": "Nel calendario il contrasto delle date passate è troppo debole: non le leggo.",
                "page": "/it/programmes/miracolo-a-milano/",
                "tools": "Chrome su Android, ingrandimento al 200%",
            }
        )
    with before(days=40):
        actions.take(report, by=administrator)
    with before(days=33):
        actions.answer(
            report,
            "Avevi ragione: il contrasto era 3,2 a 1. Da oggi è 6,8 a 1, in tutte le pagine dei programmi.",
            outcome=Mended.MENDED,
            by=administrator,
        )


def in_hand(administrator: Person) -> None:
    """A barrier on which somebody works, with a week left."""
    with before(days=25):
        report = actions.receive(
            {
                "kind": ReportKind.BARRIER,
                "barrier": "Con NVDA, quando aggiungo una riga alla tabella dei costi, non sento che la riga c’è.",
                "page": "/it/applications/",
                "tools": "Firefox e NVDA, su Windows",
            }
        )
    with before(days=23):
        actions.take(report, by=administrator)
    with before(days=22):
        actions.write(report, "Succede anche quando ne tolgo una.")


def before(**span: float) -> Any:
    """The clock at that time before now."""
    return clock.rehearsing(clock.now() - dt.timedelta(**span))
