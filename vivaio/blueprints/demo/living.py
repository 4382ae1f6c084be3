"""What the demo's initiatives tell and whom they meet: diaries, contacts, interest taken in them."""

import datetime as dt

from django.core.files.uploadedfile import SimpleUploadedFile

from vivaio.blueprints.demo.drawings import drawn
from vivaio.blueprints.demo.helping import led_by
from vivaio.blueprints.demo.paying import PDF
from vivaio.calls.models import Call
from vivaio.initiatives.contesting import actions as contesting
from vivaio.initiatives.diary import actions as diary
from vivaio.initiatives.models import Contact, ContestEntry, DiaryEntry, Initiative
from vivaio.initiatives.states import (
    ContactKind,
    ContactState,
    DiaryState,
    InterestKind,
    Visibility,
)
from vivaio.jury.models import Juror
from vivaio.kit import clock, files
from vivaio.people.models import Person

SIZE = (900, 600)
KEPT = (
    (
        ("I primi colloqui", "Abbiamo ascoltato dieci persone: **la sera** conta più del prezzo.", 35),
        ("Una giornata di prove", "Sei persone hanno provato. Domani cambiamo il primo passo.", 6),
    ),
    (
        (
            "Il sopralluogo",
            "Il locale è asciutto e ha due ingressi. Manca solo la corrente **in fondo**.",
            33,
        ),
        (
            "Chi ha detto di no",
            "Tre botteghe su otto: una non ha tempo, due vogliono vedere gli altri partire.",
            9,
        ),
    ),
    (
        ("Una riunione lunga", "Quattro ore per decidere *una* cosa: si comincia in due, non in sette.", 30),
        ("La seconda volta", "È tornata metà di chi aveva provato, e ha portato qualcuno.", 4),
    ),
)
SCENES = (
    (
        "seedbed",
        "Il banco è aperto",
        "Sabato il banco è stato aperto per la prima volta: **undici oggetti aggiustati**, tre rimandati. "
        "Chi sapeva ha insegnato a chi guardava.",
        "Disegno: sette piantine in fila su fondo paglia, con un sole giallo",
    ),
    (
        "meadow",
        "La prima consegna insieme",
        "Otto botteghe, una cascina, un giro solo. Ci è voluta un’ora in più del previsto: la prossima volta si parte "
        "dal fondo.",
        "Disegno: undici steli sottili su fondo salvia, con un sole basso",
    ),
    (
        "shoots",
        "Le chiavi",
        "Le prime due chiavi sono state consegnate. Il patto di vicinato è appeso accanto alle cassette della posta.",
        "Disegno: cinque germogli chiari su fondo verde, con un sole giallo",
    ),
)
INVESTOR = "Fondo di Quartiere (dimostrativo)"
MESSAGE = (
    "Cerchiamo iniziative da accompagnare per tre anni: vorrei vedere il banco aperto e parlare dei conti."
)


def tell(initiatives: list[Initiative], by: Person) -> None:
    """Two entries each for the programme; of the first three also what everybody reads, or will once it is approved."""
    for number, initiative in enumerate(initiatives):
        leader = led_by(initiative)
        for title, text, days in KEPT[number % len(KEPT)]:
            DiaryEntry.objects.create(
                initiative=initiative, author=leader, title=title, text=text, state=DiaryState.KEPT,
                told_on=clock.today() - dt.timedelta(days=days + number), visibility=Visibility.PROGRAMME,
            )  # fmt: skip
    for number, (initiative, scene) in enumerate(zip(initiatives, SCENES, strict=False)):
        entry = with_photo(initiative, *scene, days=12 - number * 4)
        if number < len(SCENES) - 1:
            diary.let_through(entry, revision=entry.revision, by=by)
    among_us(initiatives[0])


def with_photo(
    initiative: Initiative, scene: str, title: str, text: str, alt: str, *, days: int
) -> DiaryEntry:
    """An entry for everybody with a drawing in place of a photo, declared; it waits for the programme."""
    leader = led_by(initiative)
    with clock.rehearsing(clock.now() - dt.timedelta(days=days)):
        entry = diary.start(initiative, by=leader)
        diary.add_photo(entry, upload=drawn(scene, SIZE), alt=alt, caption="", declared=True, by=leader)
        return diary.save(entry, values=said(title, text, Visibility.ALL), declared=True, by=leader)


def among_us(initiative: Initiative) -> None:
    """One for the programme with a file, on which the team's words are asked; one that the team keeps to itself."""
    leader = led_by(initiative)
    with clock.rehearsing(clock.now() - dt.timedelta(days=3)):
        entry = diary.start(initiative, by=leader)
        file = files.check(SimpleUploadedFile("conti-del-primo-mese.pdf", PDF, "application/pdf"))
        diary.add_file(entry, upload=file, declared=False, by=leader)
        text = "Il foglio allegato dice quanto è entrato e quanto è uscito. Mancano le ore di chi insegna."
        diary.save(
            entry,
            values=said("I conti del primo mese", text, Visibility.PROGRAMME),
            declared=False,
            by=leader,
        )
    with clock.rehearsing(clock.now() - dt.timedelta(days=1)):
        entry = diary.start(initiative, by=leader)
        text = "Non siamo d’accordo sugli orari: ne parliamo giovedì, prima di dirlo fuori."
        diary.save(entry, values=said("Gli orari", text, Visibility.TEAM), declared=False, by=leader)


def said(title: str, text: str, visibility: Visibility) -> dict[str, object]:
    return {"title": title, "text": text, "told_on": clock.today(), "visibility": visibility}


def meet(initiatives: list[Initiative]) -> None:
    """An open contact each, and one that came to good or to nothing; the same investor talks with three of them."""
    today = clock.today()
    for number, initiative in enumerate(initiatives):
        by = led_by(initiative)
        Contact.objects.create(
            initiative=initiative, kind=ContactKind.CUSTOMER, who="Condominio Sette Scale", recorded_by=by,
            begun_on=today - dt.timedelta(days=20), next_step="Mandare il preventivo",
            next_due_on=today + dt.timedelta(days=3 + number),
        )  # fmt: skip
        good = number % 2 == 0
        Contact.objects.create(
            initiative=initiative, kind=ContactKind.PARTNER, who="Officina del Ponte (dimostrativa)", recorded_by=by,
            begun_on=today - dt.timedelta(days=50), ended_on=today - dt.timedelta(days=10),
            state=ContactState.WON if good else ContactState.LOST,
            outcome="Ci prestano due banchi." if good else "Cercavano altro.",
        )  # fmt: skip
    for initiative, (state, outcome) in zip(initiatives[1:6:2], (
        (ContactState.OPEN, ""),
        (ContactState.LOST, "Investono da centomila euro in su: troppo per noi, ora."),
        (ContactState.WON, "Ventimila euro in tre anni, senza interessi."),
    ), strict=False):  # fmt: skip
        Contact.objects.create(
            initiative=initiative, kind=ContactKind.INVESTOR, who=INVESTOR, recorded_by=led_by(initiative),
            begun_on=today - dt.timedelta(days=28), state=state, outcome=outcome,
            ended_on=None if state == ContactState.OPEN else today - dt.timedelta(days=5),
            next_step="" if outcome else "Portare i conti del primo anno",
            next_due_on=None if outcome else today + dt.timedelta(days=9),
        )  # fmt: skip


def noticed(over: Call, now: Call) -> None:
    """A juror of the first contest would invest, and the team accepts; one of the second takes an interest today."""
    for call, kind, words in ((over, InterestKind.INVEST, MESSAGE), (now, InterestKind.BUY, "")):
        juror = (
            Juror.objects.select_related("panel__call", "person").filter(panel__call=call).order_by("pk")[0]
        )
        scored = juror.assignments.filter(state="done").order_by("position", "pk").values("application")
        entry = ContestEntry.objects.select_related("initiative").filter(application__in=scored)
        taken = entry.order_by("created_at").first()
        if taken is not None:
            made = contesting.mark(juror, taken.pk, kind, words, by=juror.person)
            if call == over:
                contesting.answer(made, True, by=led_by(taken.initiative))
