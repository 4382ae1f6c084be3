"""The six fields from which an analysis begins, in the words of a programme, Italian and English."""

from typing import Any

DIMENSIONS: dict[str, dict[str, Any]] = {
    "technology": {
        "title": "Tecnologia",
        "title_en": "Technology",
        "good": "Sappiamo quale tecnologia serve, chi la realizza e chi la mantiene, con quali costi e quali dati.",
        "good_en": "We know which technology we need, who builds and keeps it, at what cost and with which data.",
    },
    "finance": {
        "title": "Finanza",
        "title_en": "Finance",
        "good": "Abbiamo conti previsionali credibili per tre anni e sappiamo da dove arrivano i fondi.",
        "good_en": "We have credible accounts for three years ahead and know where the money comes from.",
    },
    "communication": {
        "title": "Comunicazione",
        "title_en": "Communication",
        "good": "Chi deve conoscerci ci conosce: un messaggio chiaro, i canali giusti, materiali pronti.",
        "good_en": "Whoever should know us does: a clear message, the right channels, materials at hand.",
    },
    "patents": {
        "title": "Brevetti e proprietà intellettuale",
        "title_en": "Patents and intellectual property",
        "good": "Sappiamo che cosa è nostro, che cosa proteggere e che non usiamo ciò che è di altri.",
        "good_en": "We know what is ours, what to protect, and that we use nothing that belongs to others.",
    },
    "marketing": {
        "title": "Marketing",
        "title_en": "Marketing",
        "good": "Sappiamo chi paga e perché, a quale prezzo, e come arriviamo ai primi clienti.",
        "good_en": "We know who pays and why, at what price, and how we reach the first customers.",
    },
    "legal": {
        "title": "Aspetti legali",
        "title_en": "Legal matters",
        "good": "La forma giuridica è quella giusta; contratti, autorizzazioni e dati personali sono in regola.",
        "good_en": "The legal form is the right one; contracts, permits and personal data are in order.",
    },
}
