"""Letters for tests: held, in Italian, each to a person of its own."""

import uuid

import factory

from vivaio.mailroom.models import OutgoingLetter, Wording
from vivaio.mailroom.states import State


class LetterFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = OutgoingLetter

    letter = "applications.receipt"
    subject_type = "applications.application"
    subject_id = factory.LazyFunction(uuid.uuid4)
    batch = factory.LazyFunction(uuid.uuid4)
    recipient_email = factory.Sequence(lambda n: f"reader{n}@example.org")
    recipient_name = factory.Sequence(lambda n: f"Anna Tavecchia {n}")
    language = "it"
    subject = factory.Sequence(lambda n: f"Esito della candidatura {n}")
    text = "Gentile Anna,\n\necco l'esito.\n"
    html = "<!doctype html><html lang='it'><title>Esito</title><body style='color:#1d2722'>ecco l'esito</body></html>"
    state = State.HELD
    message_id = factory.Sequence(lambda n: f"<{n}-{uuid.uuid4()}@vivaio.invalid>")


class WordingFactory(factory.django.DjangoModelFactory):
    """A call's own text of its receipt, in Italian."""

    class Meta:
        model = Wording

    letter = "applications.receipt"
    language = "it"
    subject = "È arrivata la n. {{ number }}"
    body = "Grazie, {{ applicant }}: **{{ title }}** è arrivata {{ at }}.\n\n[Apri]({{ link }})\n"
