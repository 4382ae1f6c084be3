"""What the demo's public pages hold besides words: drawings, a document, covers for the news."""

import datetime as dt
from typing import Any

from django.core.files.base import ContentFile

from vivaio.blueprints.demo.drawings import drawn
from vivaio.blueprints.demo.film import filmed
from vivaio.calls import full_text
from vivaio.calls.models import Call
from vivaio.exchange import actions as exchange
from vivaio.kit import clock
from vivaio.kit.files import check
from vivaio.kit.texts import text_in
from vivaio.people import queries as people
from vivaio.people.models import Organisation, Person
from vivaio.programmes import actions as programmes
from vivaio.programmes.models import Programme
from vivaio.publishing import actions, queries
from vivaio.publishing.models import Document, News, Photo, Video
from vivaio.publishing.states import DocumentKind

PHOTOS = (
    (
        "seedbed",
        "Disegno: sette piantine in fila su fondo paglia, un sole giallo dietro di loro",
        "Drawing: seven seedlings in a row on a straw ground, a yellow sun behind them",
        "Il semenzaio: si parte in tanti",
        "The seedbed: many set out",
    ),
    (
        "grove",
        "Disegno: quattro piante alte su fondo verde scuro, un sole color cotto",
        "Drawing: four tall plants on a dark green ground, a terracotta sun",
        "Il boschetto: chi cresce fa ombra agli altri",
        "The grove: those who grow give shade to others",
    ),
    (
        "meadow",
        "Disegno: undici steli sottili su fondo salvia, un sole basso",
        "Drawing: eleven thin stems on a sage ground, a low sun",
        "Il prato: lo stesso bisogno in molti luoghi",
        "The meadow: the same need in many places",
    ),
    (
        "shoots",
        "Disegno: cinque germogli chiari su fondo verde, un sole giallo",
        "Drawing: five pale shoots on a green ground, a yellow sun",
        "I germogli: le prime prove",
        "The shoots: the first trials",
    ),
)
COVERS = {
    ("miracolo-a-milano", "si-apre-la-selezione"): 0,
    ("miracolo-a-milano", "dopo-la-selezione"): 1,
    ("miracolo-a-milano", "le-candidature-alla-giuria"): 2,
    ("hub-innovazione-inclusiva", "cinque-centri-attrezzati"): 2,
    ("socialimakers", "be-social-be-maker"): 3,
}
CREDIT = "Vivaio"
# The film has no sound: its captions say so, then what is seen.
FILM = {
    "title": {"it": "Dal seme al bosco", "en": "From the seed to the wood"},
    "summary": {
        "it": "Dieci secondi, senza suoni: le piante di un vivaio crescono.",
        "en": "Ten seconds, without sound: the plants of a nursery grow.",
    },
    "transcript": {
        "it": "Il video non ha suoni. Su fondo paglia, con un sole giallo, sette piantine spuntano in fila e crescono"
        " fino a diventare alte e piene di foglie.",
        "en": "The video has no sound. On a straw ground, with a yellow sun, seven seedlings come up in a row and grow"
        " until they are tall and full of leaves.",
    },
}
CAPTIONS = {
    "it": (
        "[Senza suoni] Ogni idea comincia piccola.",
        "Con luce e cura mette le foglie.",
        "E insieme è un bosco.",
    ),
    "en": (
        "[No sound] Every idea begins small.",
        "With light and care it puts out leaves.",
        "Together it is a wood.",
    ),
}
INSTALLATION = "Vivaio, installazione dimostrativa"
NOTICE = {
    "it": """## Una dimostrazione
Questo sito mostra Vivaio con programmi ispirati al vero e con persone, organizzazioni e candidature inventate.
Non scrivete qui dati di persone vere: chiunque conosca gli accessi di prova li legge.

## Che cosa si conserva
Quello che si scrive resta in questa installazione finché chi la gestisce la azzera, e può sparire in ogni momento.
Le lettere restano in una cartella, a meno che chi gestisce l’installazione abbia indicato un server di posta.

## I vostri diritti
Accesso, rettifica, cancellazione, limitazione, opposizione, portabilità; reclamo al Garante per la protezione dei dati
personali. Dalla pagina del proprio profilo si scarica una copia dei dati e si chiede di cancellarli.
""",
    "en": """## A demonstration
This site shows Vivaio with programmes inspired by real ones and with invented people, organisations and applications.
Write no data of real people here: whoever knows the trial sign-ins reads them.

## What is kept
What is written stays in this installation until whoever runs it resets it, and may vanish at any time.
Letters stay in a folder, unless whoever runs the installation has named a mail server.

## Your rights
Access, rectification, erasure, restriction, objection, portability; a complaint to the supervisory authority. From
the page of one’s profile one downloads a copy of one’s data and asks for their erasure.
""",
}
TIMES = ("00:00.000 --> 00:03.000", "00:03.500 --> 00:06.500", "00:07.000 --> 00:10.000")
# What participants write keeps its own language.
ENTRIES = {
    "Cucina di Scala": (
        "Una cucina attrezzata, libera al mattino, e vent’anni di mense scolastiche.",
        "Chi sa vendere in rete prodotti freschi.",
        "community_services",
    ),
    "Ago e Vento": (
        "Un laboratorio di sartoria con sei postazioni e chi insegna a usarle.",
        "Un negozio di quartiere dove esporre a rotazione.",
        "culture",
    ),
    "Casa Larga": (
        "Esperienza di assistenza a domicilio in due municipi.",
        "Competenze per progettare un’app semplice da usare.",
        "health_and_care",
    ),
}


def furnish(call: Call, manager: Person) -> None:
    """Bring the public pages to life: what is due goes on line, news get covers, the gallery its drawings."""
    for (programme, slug), number in COVERS.items():
        news = News.objects.filter(programme__slug=programme, slug=slug).first()
        if news is not None:
            cover(news, number)
    for news in queries.due().filter(publish_at__lte=clock.now()):
        actions.publish_due(news)
    for number in range(len(PHOTOS)):
        actions.publish(photo(call.programme, number, manager), by=manager)
    actions.publish(document(call, manager), by=manager)
    actions.publish(video(call.programme, manager), by=manager)
    introduce(call)


def introduce(call: Call) -> None:
    """Some of those who applied enter the directory of their own choice."""
    rows = Organisation.objects.filter(applications__call=call, name__in=ENTRIES).distinct()
    for organisation in rows.order_by("name"):
        offers, looks_for, sector = ENTRIES[organisation.name]
        person = people.administrators_of(organisation).first()
        if person is not None:
            values = {
                "offers": offers,
                "looks_for": looks_for,
                "sectors": [sector],
                "territory": "Milano",
                "website": "",
            }
            exchange.join(call.programme, organisation=organisation, values=values, by=person.person)


def cover(news: News, number: int) -> None:
    scene, italian, english, _caption, _english_caption = PHOTOS[number]
    alt = {"cover_alt": {"it": italian, "en": english}}
    actions.change(news, by=None, plain={"cover_credit": CREDIT}, texts=alt, files={"cover": drawn(scene)})


def photo(programme: Programme, number: int, manager: Person) -> Any:
    scene, italian, english, caption, english_caption = PHOTOS[number]
    texts = {"alt": {"it": italian, "en": english}, "caption": {"it": caption, "en": english_caption}}
    files = {"file": drawn(scene)}
    return actions.add(Photo, programme, by=manager, plain={"credit": CREDIT}, texts=texts, files=files)


def document(call: Call, manager: Person) -> Any:
    """The full text of the call, kept in the library as well."""
    pdf = check(ContentFile(full_text.pdf(call), name="bando-testo-completo.pdf"), kinds=("pdf",))
    texts = {
        "title": {
            "it": f"{call.title}: testo completo del bando",
            "en": f"{text_in(call, 'title', 'en')}: full text of the call",
        }
    }
    opened: dt.date = call.opens_at.date()
    plain = {"kind": DocumentKind.CALL, "dated": opened}
    return actions.add(Document, call.programme, by=manager, plain=plain, texts=texts, files={"file": pdf})


def video(programme: Programme, manager: Person) -> Any:
    """A film that is made here, with captions in both languages."""
    captions = {
        language: "\n\n".join(
            ("WEBVTT", *(f"{time}\n{line}" for time, line in zip(TIMES, lines, strict=True)))
        )
        + "\n"
        for language, lines in CAPTIONS.items()
    }
    files = {"file": filmed("seedbed"), "poster": drawn("seedbed"), "captions": captions}
    return actions.add(Video, programme, by=manager, plain={}, texts=FILM, files=files)


def privacy() -> None:
    """Who answers for the accounts of a demonstration, and what becomes of them."""
    programmes.set_controller(None, {"name": INSTALLATION}, by=None)
    programmes.write_notice(None, {"text": NOTICE}, by=None)
    programmes.publish_notice(None, by=None)
