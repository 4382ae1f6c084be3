"""A form with a question of every type, and answers to all of it."""

from tests.questionnaires.forms import form

EVERY = """
title: {it: Ogni tipo di domanda, en: Every type of question}
settings: {form_id: every, default_language: it}
survey:
  - type: group
    name: words
    label: {it: Parole e numeri, en: Words and numbers}
    questions:
      - {type: text, name: who, label: {it: Come vi chiamate, en: Your name}, required: true,
         hint: {it: Per esteso., en: In full.},
         guidance_hint: {it: Come sta nello statuto., en: As your statute has it.}}
      - {type: text, name: story, label: {it: "La vostra storia, ${who}", en: "Your story, ${who}"},
         appearance: multiline, parameters: {rows: 4}}
      - {type: integer, name: people, label: {it: Persone, en: People}, default: "3", constraint: ". > 0",
         constraint_message: {it: Almeno una., en: At least one.}}
      - {type: decimal, name: share, label: {it: Quota, en: Share}}
      - {type: date, name: founded, label: {it: Fondata il, en: Founded on}, constraint: ". <= today()"}
      - {type: time, name: opening, label: {it: Aprite alle, en: You open at}}
      - {type: dateTime, name: visit, label: {it: Quando possiamo venire, en: When we may come}}
      - {type: range, name: confidence, label: {it: Quanto ci credete, en: How sure you are}, required: true,
         parameters: {start: 0, end: 10, step: 1}}
      - {type: hidden, name: source, default: web}
      - {type: calculate, name: score, calculation: "${confidence} * 10"}
      - {type: note, name: told, label: {it: "Punti ${score}.", en: "Points ${score}."}}
  - type: group
    name: choosing
    label: {it: Scelte, en: Choices}
    questions:
      - {type: select_one regions, name: region, label: {it: Regione, en: Region}, appearance: minimal}
      - {type: select_one cities, name: city, label: {it: Città, en: City}, choice_filter: "region = ${region}"}
      - {type: select_one yesno, name: first, label: {it: "È la prima volta?", en: "Is it the first time?"},
         appearance: quick, required: true}
      - {type: select_multiple needs or_other, name: needs, label: {it: Che cosa vi serve, en: What you need}}
      - {type: rank needs, name: order, label: {it: In che ordine, en: In which order}, required: true}
      - {type: select_one scale, name: ease, label: {it: È facile, en: It is easy}, appearance: likert, required: true}
      - {type: select_one scale, name: worth, label: {it: Vale la pena, en: It is worth it}, appearance: likert}
      - {type: acknowledge, name: rules, label: {it: Abbiamo letto il bando, en: We have read the call},
         required: true}
  - type: group
    name: things
    label: {it: File e tabelle, en: Files and tables}
    questions:
      - {type: file, name: statute, label: {it: Statuto, en: Statute}, accept: .pdf}
      - {type: image, name: logo, label: {it: Il vostro logo, en: Your logo}}
      - type: repeat
        name: costs
        label: {it: Costi, en: Costs}
        questions:
          - {type: text, name: item, label: {it: Voce, en: Item}, required: true}
          - {type: time, name: at, label: {it: Ora, en: Hour}}
          - {type: decimal, name: amount, label: {it: Importo, en: Amount}, appearance: money}
      - type: repeat
        name: places
        label: {it: Sedi, en: Places}
        max_rows: 10
        required: true
        questions:
          - {type: text, name: street, label: {it: Via, en: Street}, required: true}
          - type: group
            name: inside
            label: {it: Dentro, en: Inside}
            questions:
              - {type: select_one yesno, name: lift, label: {it: "C'è l'ascensore?", en: "Is there a lift?"}}
              - {type: range, name: floors, label: {it: Piani, en: Floors}, parameters: {start: 1, end: 9}}
          - {type: image, name: front, label: {it: La facciata, en: The front}}
          - type: repeat
            name: rooms
            label: {it: Stanze, en: Rooms}
            max_rows: 5
            questions:
              - {type: text, name: use, label: {it: Uso, en: Use}, required: true}
              - {type: integer, name: seats, label: {it: Posti, en: Seats}, appearance: total}
              - {type: calculate, name: where, label: {it: Dove, en: Where},
                 calculation: "concat(${street}, ' ', position(..), '/', position(../..))"}
          - {type: calculate, name: all_seats, calculation: "sum(${seats})"}
          - {type: note, name: counted, label: {it: "Posti in questa sede: ${all_seats}", en: "Here: ${all_seats}"}}
      - {type: calculate, name: seats_in_all, calculation: "sum(${seats})"}
      - {type: note, name: in_all, label: {it: "Posti in tutto: ${seats_in_all}", en: "Seats in all: ${seats_in_all}"}}
choices:
  regions:
    - {name: lom, label: {it: Lombardia, en: Lombardy}}
    - {name: laz, label: {it: Lazio, en: Lazio}}
  cities:
    - {name: mi, label: {it: Milano, en: Milan}, region: lom}
    - {name: bg, label: {it: Bergamo, en: Bergamo}, region: lom}
    - {name: rm, label: {it: Roma, en: Rome}, region: laz}
  yesno:
    - {name: "yes", label: {it: "Sì", en: "Yes"}}
    - {name: "no", label: {it: "No", en: "No"}}
  needs:
    - {name: rooms_, label: {it: Stanze, en: Rooms}}
    - {name: people_, label: {it: Persone, en: People}}
    - {name: money, label: {it: Denaro, en: Money}}
  scale:
    - {name: "1", label: {it: Per niente, en: Not at all}}
    - {name: "2", label: {it: Poco, en: A little}}
    - {name: "3", label: {it: Abbastanza, en: Rather}}
    - {name: "4", label: {it: Molto, en: Very}}
"""

ANSWERS = {
    "who": "Filo di Ringhiera",
    "story": "Una portineria.",
    "people": 12,
    "share": "12.50",
    "founded": "2019-03-01",
    "opening": "08:30",
    "visit": "2020-09-15T14:30",
    "confidence": "7",
    "source": "web",
    "region": "lom",
    "city": "mi",
    "first": "yes",
    "needs": ["money", "other"],
    "needs_other": "Tempo",
    "order": ["money", "rooms_", "people_"],
    "ease": "3",
    "worth": "4",
    "rules": "OK",
    "costs": [{"_id": "c1", "item": "Affitto", "at": "09:00", "amount": "100.00"}],
    "places": [
        {
            "_id": "p1",
            "street": "Via Padova",
            "lift": "yes",
            "floors": "3",
            "rooms": [
                {"_id": "r1", "use": "Sala", "seats": 20},
                {"_id": "r2", "use": "Cucina", "seats": 5},
            ],
        },
        {
            "_id": "p2",
            "street": "Via Crespi",
            "lift": "no",
            "rooms": [{"_id": "r1", "use": "Portineria", "seats": 2}],
        },
    ],
}


def every():
    """The form with every type."""
    return form(EVERY)
