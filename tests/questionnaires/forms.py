"""Forms that the tests of this room ask, written as their authors would."""

import datetime as dt

from vivaio.questionnaires.engine import twin
from vivaio.questionnaires.engine.definition import Definition

TODAY = dt.date(2020, 9, 15)

PROJECT = """
title: {it: Candidatura, en: Application}
settings: {form_id: candidatura}
survey:
  - type: group
    name: who
    label: {it: Chi siete, en: Who you are}
    questions:
      - {type: text, name: name, label: {it: Nome, en: Name}, required: true}
      - {type: integer, name: people, label: {it: Persone, en: People}, required: true,
         constraint: ". > 0", constraint_message: {it: Almeno una persona., en: At least one person.}}
      - {type: date, name: founded, label: {it: Fondata il, en: Founded on}, constraint: ". <= today()"}
  - type: group
    name: project
    label: {it: Il progetto, en: The project}
    hint: {it: Scrivete come parlereste a un vicino., en: Write as you would speak to a neighbour.}
    questions:
      - {type: text, name: idea, label: {it: "Che cosa volete fare, ${name}?", en: "What will you do, ${name}?"},
         hint: {it: Al massimo 10 parole., en: At most 10 words.}, required: true, max_words: 10}
      - {type: select_one sectors, name: sector, label: {it: Settore, en: Sector}, required: true}
      - {type: select_one places, name: place, label: {it: Dove, en: Where}, choice_filter: "kind = ${sector}"}
      - {type: select_multiple kinds, name: kinds, label: {it: Che tipo, en: What kind}}
      - {type: text, name: other, label: {it: Quale altro, en: Which other},
         relevant: "selected(${kinds}, 'other')", required: true}
      - type: repeat
        name: budget
        label: {it: Quanto costa?, en: What does it cost?}
        questions:
          - {type: text, name: item, label: {it: Voce, en: Item}, required: true}
          - {type: text, name: use, label: {it: A che cosa serve, en: What for}}
          - {type: decimal, name: amount, label: {it: Importo, en: Amount}, required: true,
             constraint: ". >= 0", appearance: money}
      - {type: calculate, name: total, calculation: "sum(${amount})", appearance: money}
      - {type: note, name: told, label: {it: "In tutto ${total} euro.", en: "In all ${total} euro."}}
      - {type: file, name: drawing, label: {it: Un disegno, en: A drawing}, accept: ".pdf,.png", max_files: 2}
choices:
  sectors:
    - {name: housing, label: {it: Abitare, en: Housing}}
    - {name: culture, label: {it: Cultura, en: Culture}}
    - {name: travel, label: {it: Turismo, en: Travel}}
    - {name: care, label: {it: Cura, en: Care}}
    - {name: moving, label: {it: Mobilità, en: Mobility}}
    - {name: time, label: {it: Tempi, en: Time}}
  places:
    - {name: home, label: {it: A casa, en: At home}, kind: housing}
    - {name: stage, label: {it: In teatro, en: On stage}, kind: culture}
  kinds:
    - {name: service, label: {it: Un servizio, en: A service}}
    - {name: other, label: {it: Altro, en: Other}}
"""


def form(text: str = PROJECT) -> Definition:
    """The definition of a YAML form; a test that asks for it relies on it being taken."""
    reading = twin.read_text(
        text.replace("label: {it: Quanto costa?, en: What does it cost?}", COST).encode()
    )
    assert reading.definition is not None, [str(problem) for problem in reading.problems]
    return reading.definition


COST = 'label: {it: "Quanto costa?", en: "What does it cost?"}'


def questions(*rows: str) -> str:
    """A form of one page with these questions, each in YAML's flow style."""
    return "survey:\n" + "".join(f"  - {{{row}}}\n" for row in rows)


FULL = {
    "name": "Filo di Ringhiera",
    "people": 12,
    "idea": "Tre portinerie leggere.",
    "sector": "housing",
    "budget": [{"_id": "r1", "item": "Personale", "amount": "24960.00"}],
}
