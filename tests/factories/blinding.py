"""A blind review with sentinels in every place that tells who applies."""

from uuid import uuid4

from django.core.files.base import ContentFile

from tests.factories.applications import IntegrationRequestFactory
from tests.factories.jury import AssignmentFactory, JurorFactory, PanelFactory, eligible, judging_call
from tests.factories.people import BoardMemberFactory, OrganisationFactory, PersonFactory
from tests.factories.questionnaires import FormVersionFactory, ResponseFactory
from vivaio.applications import answers
from vivaio.applications.models import IntegrationFile
from vivaio.applications.states import IntegrationState
from vivaio.calls.states import Reviewing
from vivaio.questionnaires import queries as questionnaires
from vivaio.questionnaires.engine import twin
from vivaio.questionnaires.models import Attachment

FORM = """
title: {it: Candidatura}
settings: {form_id: cieca}
survey:
  - type: group
    name: who
    label: {it: Chi siete}
    questions:
      - {type: text, name: title, label: {it: Titolo}}
      - {type: text, name: name, label: {it: Nome}, identifying: true}
      - {type: calculate, name: signed, label: {it: Firma}, calculation: "concat('Firmato ', ${name})"}
      - {type: select_one kinds, name: kind, label: {it: Forma}, identifying: true}
  - type: group
    name: contacts
    identifying: true
    label: {it: Recapiti}
    questions:
      - {type: text, name: phone, label: {it: Telefono}}
  - type: group
    name: project
    label: {it: Il progetto}
    questions:
      - {type: text, name: idea, label: {it: "Che cosa volete fare, ${name}?"}, appearance: multiline}
      - {type: text, name: cooperative_only, label: {it: Dei soci}, relevant: "${kind} = 'cooperative'"}
      - {type: file, name: drawing, label: {it: Disegno}}
      - {type: file, name: statute, label: {it: Statuto}, identifying: true}
      - type: repeat
        name: team
        label: {it: Gruppo}
        questions:
          - {type: text, name: member, label: {it: Nome}, identifying: true}
          - {type: text, name: task, label: {it: Compito}}
choices:
  kinds: [{name: cooperative, label: {it: CooperativaSENTINELLA}}]
"""
SENTINEL = "SENTINELLA"


def file_of(application, question, name):
    made = Attachment.objects.create(
        response=application.response, path=question, file=ContentFile(b"%PDF-1.7 " + question.encode(), name),
        name=name, content_type="application/pdf", size=20, sha256="0" * 64,
    )  # fmt: skip
    application.response.answers[question] = [questionnaires.file_answer(made)]
    return made


def blind_call(reviewing=Reviewing.BLIND):
    version = FormVersionFactory(definition=twin.read_text(FORM.encode()).definition.to_dict())
    return judging_call(form=version, reviewing=reviewing)


def blind_application(call, title="Un titolo"):
    """An application whose every place that tells who applies says SENTINELLA."""
    organisation = OrganisationFactory(
        name="Cooperativa SENTINELLA",
        municipality="SENTINELLA sul Lambro",
        website="https://sentinella.example/",
    )
    BoardMemberFactory(organisation=organisation, given_name="SENTINELLA")
    address = f"sentinella.{uuid4().hex[:8]}@lambro.example"
    made = eligible(
        call,
        organisation=organisation,
        created_by=PersonFactory(given_name="Ada", family_name="SENTINELLA", email=address),
        response=ResponseFactory(
            version=call.form,
            answers={
                "title": title, "name": "SENTINELLA", "kind": "cooperative", "phone": "SENTINELLA 02",
                "idea": "Riaprire tre portinerie.", "cooperative_only": "Trenta soci.",
                "team": [{"_id": "r1", "member": "SENTINELLA", "task": "Cucina"}],
            },
        ),
        title=title,
    )  # fmt: skip
    made.drawing = file_of(made, "drawing", "disegno-SENTINELLA.pdf")
    made.statute = file_of(made, "statute", "statuto-SENTINELLA.pdf")
    made.response.save()
    request = IntegrationRequestFactory(
        application=made, state=IntegrationState.ANSWERED, text="Manca lo statuto."
    )
    made.came = IntegrationFile.objects.create(
        request=request, file=ContentFile(b"%PDF-1.7 SENTINELLA", "x.pdf"), name="SENTINELLA.pdf", size=20,
        content_type="application/pdf", sha256="0" * 64,
    )  # fmt: skip
    made.frozen = answers.freeze(made.response)
    made.save()
    return made


def blind_sheet(reviewing=Reviewing.BLIND, title="Un titolo"):
    """A juror's sheet of a blind review."""
    call = blind_call(reviewing)
    juror = JurorFactory(panel=PanelFactory(call=call), email="giurata@example.org")
    return AssignmentFactory(juror=juror, application=blind_application(call, title))
