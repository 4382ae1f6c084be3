"""A small world in which every address leads somewhere: one programme, its calls at four moments, its people.

`open` takes applications; `shut` is being checked for eligibility; `judging` is with its jury; `ranked` has a
provisional ranking; `decided` has published one. The applicant's organisation has an application in each.
"""

import datetime as dt
import uuid
from dataclasses import replace
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.core.files.base import ContentFile
from django.utils import timezone

from tests.factories.accessibility import EntryFactory as ReportEntryFactory
from tests.factories.accessibility import ReportFactory, key_of
from tests.factories.api import DeliveryFactory, TokenFactory, WebhookFactory
from tests.factories.applications import (
    ApplicationFactory,
    IntegrationRequestFactory,
    ProposalFactory,
    close,
    declares,
    handed_in,
    open_call,
)
from tests.factories.calls import ConditionFactory, QuestionFactory, TrackFactory
from tests.factories.commenting import write
from tests.factories.exchange import EntryFactory, IntroductionFactory, administered
from tests.factories.jury import (
    AssignmentFactory,
    ConflictFactory,
    JurorFactory,
    PanelFactory,
    eligible,
    judging_call,
    scored,
)
from tests.factories.mailroom import LetterFactory, WordingFactory
from tests.factories.people import (
    BoardMemberFactory,
    GuardianshipFactory,
    MembershipFactory,
    OrganisationFactory,
    PersonFactory,
    confirmed,
    signed_in_elsewhere,
)
from tests.factories.programmes import (
    ControllerFactory,
    NoticeFactory,
    PartnerFactory,
    PhaseFactory,
    ProgrammeFactory,
    PurposeFactory,
    RoleHoldingFactory,
    holder,
)
from tests.factories.publishing import DocumentFactory, NewsFactory, PhotoFactory, VideoFactory
from tests.factories.questionnaires import SIMPLE, FormDraftFactory, FormFactory, FormVersionFactory
from tests.factories.scouting import ProspectFactory, ProspectInvitationFactory
from tests.house import grown
from vivaio.applications import answers, eligibility
from vivaio.applications.models import (
    AidVerification,
    Application,
    Dossier,
    DossierVolume,
    IntegrationFile,
    OwnLetter,
)
from vivaio.applications.states import ApplicationState, DossierState, OwnLetterState, ProspectState
from vivaio.calls.models import (
    AnswerCorrection,
    CallDate,
    CallDocument,
    CallFollower,
    CallNotice,
    CallQuestion,
)
from vivaio.calls.states import CallState, Commenting, ConditionKind, QuestionState
from vivaio.journal import actions as journal
from vivaio.jury.discussing import actions as discussing
from vivaio.jury.meeting import actions as meeting
from vivaio.jury.models import (
    Assignment,
    AssignmentPlan,
    Clearance,
    Comment,
    DecisionRecord,
    Ranking,
    RankingEntry,
    Recusal,
)
from vivaio.jury.queries import computing
from vivaio.jury.states import CommentState, JurorState, Outcome, PanelState, PlaceState, RankingState
from vivaio.kit import clock, tokens
from vivaio.mailroom.states import State
from vivaio.people.models import OrganisationInvitation
from vivaio.people.states import MemberPart
from vivaio.programmes.models import (
    Area,
    BulkLine,
    BulkRun,
    RetentionHold,
    RoleHolding,
    RoleInvitation,
    SavedView,
)
from vivaio.programmes.states import BulkLineState, BulkRunState
from vivaio.questionnaires import queries as questionnaires
from vivaio.questionnaires.engine.definition import Question
from vivaio.questionnaires.models import Attachment, DraftStep, FormDraft

ROLES = (
    "anonymous",
    "nobody",
    "applicant",
    "other_applicant",
    "juror",
    "other_juror",
    "manager",
    "secretary",
    "evaluator",
    "community_manager",
    "auditor",
    "elsewhere",
    "administrator",
    "expert",
)
HELD_ROLES = ("manager", "secretary", "evaluator", "community_manager", "auditor")
PDF = ContentFile(b"%PDF-1.7\n%%EOF\n", name="disegno.pdf")


class World:
    """Everything, built once; `rows` says how many there are of whatever is listed."""

    def __init__(self, rows: int = 3):
        self.rows = rows
        self.programme = ProgrammeFactory(slug="miracolo", title="Miracolo a Milano")
        self.people: dict[str, Any] = {
            "anonymous": None,
            "nobody": confirmed(PersonFactory(email="nobody@example.org")),
        }
        self.described()
        self.privacy()
        self.staffed()
        self.applying()
        self.called()
        self.checked()
        self.aided()
        self.judged()
        self.discussed()
        self.ranked()
        self.both()
        self.decided()
        self.commented()
        self.written()
        self.invited()
        self.told()
        self.changed()
        self.taken_out()
        self.own_letters()
        self.programmed()
        for part in grown.PARTS:
            part.build(self)

    def described(self) -> None:
        for number in range(self.rows):
            PhaseFactory(programme=self.programme, position=number)
            PartnerFactory(programme=self.programme, position=number)
            Area.objects.create(programme=self.programme, key=f"area-{number}", title=f"Area {number}")
        self.version = FormVersionFactory(form__programme=self.programme)
        for _number in range(self.rows):
            FormVersionFactory(form=FormFactory(programme=self.programme))
            FormVersionFactory(form=self.version.form, number=_number + 2)
        self.form_draft = self.drafted()

    def drafted(self) -> FormDraft:
        """The next version of the form, with more questions and words that a language lacks."""
        more = tuple(Question(f"more_{n}", "text", label={"it": f"Altro {n}"}) for n in range(self.rows))
        changed = replace(SIMPLE, questions=(*SIMPLE.questions, *more))
        draft = FormDraftFactory(
            form=self.version.form, basis=self.version, definition=changed.to_dict(), stamp=self.rows
        )
        for number in range(self.rows):
            DraftStep.objects.create(
                draft=draft, number=number + 1, part="question:idea", what="changed", before=SIMPLE.to_dict()
            )
        return draft

    def privacy(self) -> None:
        for programme in (self.programme, None):
            ControllerFactory(programme=programme)
            NoticeFactory(programme=programme, number=None)
            for number in range(1, self.rows + 1):
                NoticeFactory(programme=programme, number=number)
                self.purpose = PurposeFactory(programme=programme)
        RetentionHold.objects.create(programme=self.programme, kind="drafts", reason="Ricorso")

    def staffed(self) -> None:
        for role in HELD_ROLES:
            self.people[role] = holder(self.programme, role, email=f"{role}@example.org")
        for _number in range(self.rows):
            holder(self.programme, "evaluator")
        self.people["expert"] = holder(self.programme, "expert", email="expert@example.org")
        self.people["elsewhere"] = holder(ProgrammeFactory(slug="altrove"), "manager")
        self.people["administrator"] = PersonFactory(is_administrator=True)
        for number in range(self.rows):
            self.view = SavedView.objects.create(
                programme=self.programme,
                person=self.people["manager"],
                list_key="applications.received",
                name=f"Vista {number}",
                query="sort=title",
                shared=True,
            )

    def applying(self) -> None:
        self.people["applicant"] = PersonFactory(email="applicant@example.org")
        self.people["other_applicant"] = PersonFactory(email="other@example.org")
        self.organisation = OrganisationFactory(name="Filo di Ringhiera")
        self.other = OrganisationFactory(name="Officina Lambro")
        self.membership = MembershipFactory(
            organisation=self.organisation, person=self.people["applicant"], part=MemberPart.ADMINISTRATOR
        )
        MembershipFactory(organisation=self.other, person=self.people["other_applicant"])
        for _number in range(self.rows):
            self.member = MembershipFactory(organisation=self.organisation, part=MemberPart.MEMBER)
            BoardMemberFactory(organisation=self.organisation)
            self.another = MembershipFactory(person=self.people["applicant"]).organisation
            self.other_session = signed_in_elsewhere(self.people["applicant"])
        self.locked_out = PersonFactory(email="locked-out@example.org", born_on=dt.date(1980, 1, 1))
        Authenticator.objects.create(user=self.locked_out, type="totp", data={"secret": "x"})
        self.gateway = SocialAccount.objects.create(user=self.people["applicant"], provider="spid", uid="1")

    def mine(self, make: Any, call: Any, **fields: Any) -> Any:
        """An application of the applicant's organisation; the membership is there already."""
        return make(call, organisation=self.organisation, created_by=self.people["applicant"], **fields)

    def call(self, make: Any, slug: str, **fields: Any) -> Any:
        made = make(programme=self.programme, slug=slug, form=self.version, **fields)
        for number in range(self.rows):
            ConditionFactory(call=made)
            CallDate.objects.create(
                call=made, key=f"data-{number}", title="Incontro", at=clock.now() + dt.timedelta(days=number)
            )
        return made

    def with_document(self, call: Any) -> Any:
        return CallDocument.objects.create(
            call=call, title="Statuto tipo", file=PDF, name="statuto.pdf", size=14,
            content_type="application/pdf", sha256="0" * 64, uploaded_by=self.people["manager"],
        )  # fmt: skip

    def called(self) -> None:
        self.prepared = self.call(open_call, "in-preparazione", state=CallState.DRAFT)
        self.prepared_document = self.with_document(self.prepared)
        self.later_stage = self.call(
            open_call,
            "in-preparazione-pitch",
            state=CallState.DRAFT,
            follows=self.prepared,
            stage_name="Pitch",
        )
        self.open = self.call(open_call, "aperto")
        self.document = self.with_document(self.open)
        self.draft = ApplicationFactory(
            call=self.open, organisation=self.organisation, created_by=self.people["applicant"]
        )
        self.handed = self.mine(handed_in, self.open, track=TrackFactory(call=self.open))
        self.own_letter = LetterFactory(
            person=self.people["applicant"].pk, subject_id=self.handed.pk, state="sent", sent_at=clock.now()
        )
        ApplicationFactory(call=self.open, organisation=self.other, created_by=self.people["other_applicant"])
        for number in range(self.rows):
            handed_in(self.open)
            MembershipFactory(organisation=self.organisation)
            self.call_more(number)

        self.asked_about()

    def asked_about(self) -> None:
        """Questions on the open call: answered and corrected, the applicant's own that waits, and who follows it."""
        self.open.questions_until = self.open.closes_at
        self.open.save()
        for number in range(1, self.rows + 1):
            answered = QuestionFactory(call=self.open, number=number, about="dates")
            AnswerCorrection.objects.create(question=answered, note="Una svista.", answer="Forse.")
            CallNotice.objects.create(call=self.open, number=number, kind="amendment", reason="Una svista.")
            CallFollower.objects.create(call=self.open, person=PersonFactory())
            asked = QuestionFactory(call=self.open, state=QuestionState.ASKED, number=None, answer="")
            CallQuestion.objects.filter(pk=asked.pk).update(asked_by=self.people["applicant"])
        self.question = asked

    def call_more(self, number: int) -> None:
        """Further calls that are open, with a draft of the applicant's in each."""
        more = open_call(programme=self.programme, slug=f"altro-{number}", form=self.version)
        ApplicationFactory(call=more, organisation=self.organisation, created_by=self.people["applicant"])

    def checked(self) -> None:
        self.shut = close(self.call(open_call, "chiuso"))
        self.waiting = self.mine(handed_in, self.shut)
        self.in_integration = self.mine(handed_in, self.shut, state=ApplicationState.INTEGRATION)
        self.receipt = self.waiting.receipts.get()
        self.attachment = self.attached(self.waiting)
        self.hand_signed()
        handed_in(self.shut, organisation=self.other, created_by=self.people["other_applicant"])
        self.request = IntegrationRequestFactory(
            application=self.in_integration, questions=["idea"], requested_by=self.people["manager"]
        )
        for number in range(self.rows):
            handed_in(self.shut)
            self.file = IntegrationFile.objects.create(
                request=self.request, file=PDF, name=f"statuto-{number}.pdf", size=14,
                content_type="application/pdf", sha256="0" * 64,
            )  # fmt: skip
            IntegrationRequestFactory(application=handed_in(self.shut, state=ApplicationState.INTEGRATION))
        for application in self.shut.applications.all():
            eligibility.check(application)
        self.excluded = self.mine(handed_in, self.shut, state=ApplicationState.EXCLUDED)
        self.check = self.waiting.checks.first()
        proposed = self.mine(handed_in, self.shut)
        self.proposal = ProposalFactory(application=proposed)

    def aided(self) -> None:
        """A call that grants de minimis aid: a declaration that is written, another that is signed and verified."""
        self.aid = self.call(open_call, "de-minimis")
        ConditionFactory(
            call=self.aid,
            kind=ConditionKind.DE_MINIMIS,
            parameters={"regime": "general", "amount": "5000.00"},
        )
        writer = self.people["applicant"]
        self.to_sign = ApplicationFactory(call=self.aid, organisation=self.organisation, created_by=writer)
        declares(self.to_sign)
        self.signed = self.mine(handed_in, self.aid, track=TrackFactory(call=self.aid))
        declares(self.signed, rows=self.rows, signed=True)
        for _number in range(self.rows):
            verified = AidVerification.objects.create(
                application=self.signed, checked_on="2026-01-31", total=500, checked_by=self.people["manager"],
                file=PDF, name="visura.pdf", size=14, content_type="application/pdf", sha256="0" * 64,
            )  # fmt: skip
            declares(handed_in(self.aid), signed=True)
        self.visura = verified

    def hand_signed(self) -> None:
        """The application that waits was signed by hand, as the call wants it."""
        self.shut.application_signature = "scan"
        self.shut.save()
        told = {
            "file": PDF,
            "name": "firmata.pdf",
            "size": 14,
            "content_type": "application/pdf",
            "sha256": "0" * 64,
        }
        self.paper = self.waiting.papers.create(**told, language="it", answers_sha256="0" * 64)
        self.signature = self.waiting.signatures.create(
            **told, kind="scan", document=self.paper.pk, document_sha256="0" * 64, state="to_look_at",
            identity=PDF, identity_name="carta.pdf", identity_size=14, identity_type="application/pdf",
            by=self.people["applicant"],
        )  # fmt: skip

    def attached(self, application: Any) -> Any:
        made = Attachment.objects.create(
            response=application.response, path="drawing", file=PDF, name="disegno.pdf",
            content_type="application/pdf", size=14, sha256="0" * 64,
        )  # fmt: skip
        application.response.answers["drawing"] = [questionnaires.file_answer(made)]
        application.response.save()
        application.frozen = answers.freeze(application.response)
        application.save()
        return made

    def judged(self) -> None:
        self.judging = self.call(judging_call, "in-giuria", reviews_each=1)
        self.panel = PanelFactory(call=self.judging)
        self.seat = JurorFactory(panel=self.panel, email="juror@example.org", capacity=60)
        self.people["juror"] = self.seat.person
        self.assignment = AssignmentFactory(juror=self.seat, application=self.mine(eligible, self.judging))
        self.drawing = self.attached(self.assignment.application)
        self.unassigned = eligible(self.judging)
        self.conflict = ConflictFactory(juror=self.seat, application=eligible(self.judging))
        self.dismissed = ConflictFactory(
            juror=self.seat,
            application=eligible(self.judging),
            state="dismissed",
            decision_reason="Chiarito.",
        )
        self.recusal = Recusal.objects.create(
            juror=self.seat, application=eligible(self.judging), why="time", successor="nobody"
        )
        AssignmentFactory(juror=self.seat, application=self.recusal.application, state="recused")
        self.free_juror = JurorFactory(panel=self.panel, capacity=60)
        self.cleared = Clearance.objects.create(
            panel=self.panel,
            application=handed_in(self.judging, state=ApplicationState.ADMITTED),
            reason="Noti",
        )
        self.unknown = handed_in(self.judging, state=ApplicationState.ADMITTED)
        for number in range(self.rows):
            juror = self.another_seat = JurorFactory(panel=self.panel, capacity=60)
            made = AssignmentFactory(juror=self.seat, application=eligible(self.judging))
            AssignmentFactory(juror=juror, application=made.application)
            if number % 2:
                scored(made)
            ConflictFactory(juror=juror, application=made.application)
            handed_in(self.judging, state=ApplicationState.ADMITTED)
        self.plan = AssignmentPlan.objects.create(
            panel=self.panel,
            result={"pairs": [[str(self.unassigned.pk), str(self.seat.pk)]]},
            inputs_digest="0",
        )

    def discussed(self) -> None:
        """A call whose jurors discuss: the juror has confirmed some sheets, and has another to confirm."""
        call = self.call(judging_call, "discute", discussing="named", revising=True)
        panel = PanelFactory(call=call)
        mine = panel.jurors.create(
            person=self.people["juror"],
            email=self.people["juror"].email,
            state=JurorState.ACCEPTED,
            conflicts_declared_at=clock.now(),
        )
        seats = [mine, JurorFactory(panel=panel)]
        for _number in range(self.rows):
            application = eligible(call)
            sheets = [scored(AssignmentFactory(juror=one, application=application)) for one in seats]
            for seat, sheet in zip(seats, sheets, strict=True):
                self.discussion = discussing.confirm(sheet, by=seat.person)
                self.remark = discussing.say(self.discussion, f"Detto {seat.pk}", by=seat.person, juror=seat)
            self.own_remark = self.discussion.remarks.get(voice__juror=seats[0])
            office = self.people["administrator"]
            self.office_remark = discussing.say(self.discussion, "Dall’ufficio", by=office)
            self.to_confirm = scored(AssignmentFactory(juror=seats[0], application=eligible(call)))
        self.closed_discussion = discussing.confirm(self.to_confirm, by=seats[0].person)
        discussing.close(self.closed_discussion, by=self.people["manager"])
        self.to_confirm = scored(AssignmentFactory(juror=seats[0], application=eligible(call)))
        self.discussing = panel
        self.calibrating(panel, seats)

    def calibrating(self, panel: Any, seats: list[Any]) -> None:
        """The meeting of that jury: its scores on the table; and two of other juries, prepared and practised for."""
        by, call = self.people["manager"], panel.call
        chosen = [eligible(call) for _number in range(2)]
        self.practised = chosen[0]
        self.practice_file = self.attached(self.practised)
        self.meeting = meeting.prepare(
            panel, by=by, at=clock.now() + dt.timedelta(days=1), applications=chosen
        )
        meeting.start(self.meeting, by=by)
        values = dict.fromkeys([one.pk for one in call.criteria.all()], 3)
        for seat in seats:
            seat.panel = panel
            for application in chosen:
                meeting.practise(self.meeting, seat, application, values, by=seat.person)
        meeting.put_on_table(self.meeting, by=by)
        self.to_start, self.to_open = (self.prepared_meeting(f"incontro-{n}") for n in range(2))
        meeting.start(self.to_open.panel.meeting, by=by)

    def prepared_meeting(self, slug: str) -> Any:
        call = self.call(judging_call, slug)
        panel = PanelFactory(call=call)
        for _number in range(2):
            JurorFactory(panel=panel)
        chosen = [eligible(call) for _number in range(2)]
        meeting.prepare(panel, by=self.people["manager"], applications=chosen)
        return call

    def scored_call(self, slug: str, jurors: list[Any]) -> tuple[Any, Any, list[Any]]:
        """A call whose jury has finished, and its applications, the applicant's first."""
        call = self.call(judging_call, slug)
        panel = PanelFactory(call=call, state=PanelState.CLOSED, closed_at=clock.now())
        seats = [JurorFactory(panel=panel, **fields) for fields in jurors]
        made = [self.mine(eligible, call)] + [eligible(call) for _number in range(self.rows + 1)]
        made.append(eligible(call, organisation=self.other, created_by=self.people["other_applicant"]))
        for application in made:
            for seat in seats:
                scored(AssignmentFactory(juror=seat, application=application))
        return call, panel, made

    def rank(self, call: Any, made: list[Any], equal: bool = False, **fields: Any) -> Any:
        ranking = Ranking.objects.create(
            call=call, track=call.tracks.first(), computed_at=clock.now(), **fields
        )
        for order, application in enumerate(made, start=1):
            RankingEntry.objects.create(
                ranking=ranking, application=application, order=order, position=1 if equal else order, score=80,
                reviews=2, tied=equal, undecided=equal, proposed=Outcome.SELECTED, outcome=Outcome.SELECTED,
                criteria={"bisogno": "4.00", "innovazione": "4.00"}, tie="" if equal else computing.DECISION,
            )  # fmt: skip
        return ranking

    def ranked(self) -> None:
        self.with_ranking, _panel, made = self.scored_call("con-graduatoria", [{}, {}])
        self.ranking = self.rank(self.with_ranking, made)
        self.entry = self.ranking.entries.first()
        self.equal_call, _panel, made = self.scored_call("pari", [{}, {}])
        self.equals = self.rank(self.equal_call, made, equal=True)
        self.lots_call, _panel, made = self.scored_call("sorteggio", [{}, {}])
        self.rank(self.lots_call, made, equal=True)
        self.lots_call.tie_breaks, self.lots_call.draw_source = ["draw"], "Lotto, ruota di Milano"
        self.lots_call.save()
        self.adopted_call, _panel, made = self.scored_call("adottato", [{}, {}])
        self.adopted = self.rank(
            self.adopted_call, made, state=RankingState.ADOPTED, adopted_at=clock.now(),
            adopted_by=self.people["manager"], minutes=b"%PDF-1.7",
        )  # fmt: skip

    def both(self) -> None:
        """A manager who sits on juries, in conflict with one of the applications: of `urls.toml` under `except`."""
        person = holder(self.programme, "manager", email="judging-manager@example.org")
        RoleHoldingFactory(programme=self.programme, person=person, role="juror")
        self.people["judging_manager"] = person
        for call in (
            self.with_ranking,
            self.equal_call,
            self.lots_call,
            self.adopted_call,
            self.discussing.call,
        ):
            seat = call.panel.jurors.create(
                person=person,
                email=person.email,
                state=JurorState.ACCEPTED,
                conflicts_declared_at=clock.now(),
            )
            ConflictFactory(juror=seat, application=call.applications.first())

    def decided(self) -> None:
        self.published_call, _panel, made = self.scored_call("deciso", [{"email": "giudice@example.org"}, {}])
        self.people["other_juror"] = _panel.jurors.get(email="giudice@example.org").person
        self.published = self.rank(
            self.published_call, made, state=RankingState.PUBLISHED, adopted_at=clock.now(),
            adopted_by=self.people["manager"], published_at=clock.now(),
            public_until=clock.now() + dt.timedelta(days=90), minutes=b"%PDF-1.7",
        )  # fmt: skip
        DecisionRecord.objects.create(call=self.published_call, content=b"{}", digest="0" * 64)
        self.published.entries.update(
            place=PlaceState.OFFERED, offered_at=clock.now(), answer_by=clock.now() + dt.timedelta(days=5)
        )
        Application.objects.filter(ranking_entry__ranking=self.published).update(
            outcome_published_at=clock.now()
        )
        self.offered = self.published.entries.get(application=made[0])
        self.next_stage = self.call(
            open_call, "deciso-pitch", follows=self.published_call, stage_name="Pitch"
        )
        self.next_stage.tracks.update(key=self.published.track.key)
        _panel.jurors.create(email="altra@example.org", state=JurorState.ACCEPTED)

    def commented(self) -> None:
        """A call that gives comments: the juror wrote some and is asked for another; a released one was read."""
        self.with_comments, panel, made = self.scored_call("commentata", [{}, {}])
        self.with_comments.commenting = Commenting.EVERYBODY
        self.with_comments.save()
        seat = panel.jurors.first()
        seat.person = self.people["juror"]
        seat.save()
        for sheet in Assignment.objects.filter(juror__panel=panel):
            write(sheet, overall=True)
        comments = Comment.objects.filter(assignment__juror=seat, assignment__application=made[0])
        self.comment = comments.get(criterion__key="bisogno")
        self.asked_comment = comments.get(criterion__key="innovazione")
        self.asked_comment.state = CommentState.ASKED
        self.asked_comment.save()
        self.commented_application = made[0]
        self.published_call.commenting = Commenting.EVERYBODY
        self.published_call.save()
        for sheet in Assignment.objects.filter(application=self.offered.application):
            write(sheet, state=CommentState.RELEASED, released_at=clock.now(), place=1)

    def written(self) -> None:
        self.batch = uuid.uuid4()
        of = {"programme": self.programme.pk}
        self.worded = WordingFactory(owner=self.open.pk, programme=self.programme.pk)
        for number in range(self.rows):
            self.held = LetterFactory(**of, batch=self.batch, owner=self.open.pk)
            self.failed = LetterFactory(**of, state=State.FAILED, error="550")
            self.to_verify = LetterFactory(**of, state=State.TO_VERIFY)
            self.sent = LetterFactory(**of, state=State.SENT, letter="applications.scouted")
            for state in (State.WAITING, State.GATHERED, State.UNWANTED):
                LetterFactory(**of, state=state, letter="applications.scouted")
            journal.record("letter.retried", self.failed, by=self.people["manager"], programme=self.programme)
            journal.record("letter.retried", self.open, by=self.people["secretary"], fields=[f"f{number}"])

    def spotted(self) -> None:
        """A longlist: one invited by a link, one to invite, one that applies, one set aside."""
        self.scouted_token, digest = tokens.new_token()
        asked = ProspectFactory(programme=self.programme, state=ProspectState.INVITED)
        ProspectInvitationFactory(prospect=asked, call=self.open, token_digest=digest)
        self.prospect = ProspectFactory(programme=self.programme)
        self.same = ProspectFactory(programme=self.programme, name=self.other.name)
        self.aside = ProspectFactory(programme=self.programme, state=ProspectState.SET_ASIDE)
        for _number in range(self.rows):
            more = ProspectFactory(programme=self.programme, organisation=handed_in(self.open).organisation)
            ProspectInvitationFactory(prospect=more, call=self.open)

    def guarded(self) -> None:
        """People under 18: the guardian of one may sign, of another decline, the link of a third has expired."""
        of, self.guardian_tokens = {"programme_id": self.programme.pk}, {}
        for name, days in (("asked", 9), ("end", 9), ("new_link", -1)):
            self.guardian_tokens[name], digest = tokens.new_token()
            until = timezone.now() + dt.timedelta(days=days)
            GuardianshipFactory(**of, matter=self.open.pk, token_digest=digest, expires_at=until)
        for _number in range(self.rows):
            signed = GuardianshipFactory(**of, matter=self.shut.pk, state="signed", answered_at=clock.now())
            young = signed.person
            MembershipFactory(organisation=self.organisation, person=young)
            self.waiting.writers.create(person=young, wrote_at=clock.now())

    def invited(self) -> None:
        """Invitations to the person without roles."""
        email, until = self.people["nobody"].email, timezone.now() + dt.timedelta(days=9)
        self.member_token, digest = tokens.new_token()
        self.member_invitation = OrganisationInvitation.objects.create(
            organisation=self.organisation, email=email, token_digest=digest, expires_at=until
        )
        self.role_token, digest = tokens.new_token()
        self.role_invitation = RoleInvitation.objects.create(
            programme=self.programme, email=email, role="evaluator", token_digest=digest, expires_at=until
        )
        self.jury_token, digest = tokens.new_token()
        self.invited_juror = JurorFactory(
            panel=self.panel, person=None, email=email, given_name="Ada", family_name="Negri",
            state=JurorState.INVITED, token_digest=digest, expires_at=until, answered_at=None,
        )  # fmt: skip
        self.spotted()
        self.guarded()
        self.holding = RoleHolding.objects.filter(programme=self.programme, role="evaluator").last()
        for number in range(self.rows):
            for model, more in (
                (OrganisationInvitation, {"organisation": self.organisation}),
                (RoleInvitation, {"programme": self.programme, "role": "auditor"}),
            ):
                model.objects.create(
                    email=f"invited{number}@example.org",
                    token_digest=tokens.digest(f"{model}{number}"),
                    expires_at=until,
                    **more,
                )

    def changed(self) -> None:
        """An act on the whole longlist, about to be confirmed; another one that was carried out."""
        of = {"programme": self.programme, "person": self.people["manager"], "act": "scouting.set_aside"}
        self.prepared_run = BulkRun.objects.create(**of, given={"reason": ["Lontana"]})
        self.run = BulkRun.objects.create(**of, state=BulkRunState.CARRIED_OUT, carried_out_at=clock.now())
        kept = {"state": BulkLineState.DONE, "kept": {"before": ProspectState.SPOTTED}}
        rows = self.programme.prospects.all()
        for run, more in ((self.prepared_run, {}), (self.run, kept)):
            BulkLine.objects.bulk_create(
                BulkLine(run=run, position=number, row=row.pk, **more) for number, row in enumerate(rows)
            )

    def taken_out(self) -> None:
        """Applications that the manager takes out: chosen, under way, ready."""
        of = {"call": self.shut, "person": self.people["manager"], "total": self.rows, "language": "it"}
        now = clock.now()
        self.chosen_dossier = Dossier.objects.create(**of)
        for _number in range(self.rows):
            self.dossier = Dossier.objects.create(
                **of, state=DossierState.READY, begun_at=now, expires_at=now + dt.timedelta(hours=9)
            )
            self.volume = DossierVolume(dossier=self.dossier, number=1, whole=True, size=len(PDF))
            self.volume.file.save("volume", PDF)
        self.dossier_under_way = Dossier.objects.create(**of, state=DossierState.UNDER_WAY, begun_at=now)

    def own_letters(self) -> None:
        """Letters that the manager writes in own words: drafts, and some that were written."""
        of = {
            "call": self.shut,
            "person": self.people["manager"],
            "rows": [str(self.waiting.pk)],
            "words": {"it": {"subject": "Ci vediamo", "body": "Venerdì alle 18."}},
        }
        for _number in range(self.rows):
            self.letter_to_write = OwnLetter.objects.create(**of)
            state, now = OwnLetterState.WRITTEN, clock.now()
            self.own_letter_written = OwnLetter.objects.create(**of, state=state, written_at=now)

    def programmed(self) -> None:
        """Each person has a program that acts for them; the applicant's page shows a few more."""
        self.tokens = {role: TokenFactory(person=person) for role, person in self.people.items() if person}
        for _number in range(self.rows):
            self.own_token = TokenFactory(person=self.people["applicant"])
            self.webhook = WebhookFactory(programme=self.programme)
        for _number in range(self.rows):
            self.delivery = DeliveryFactory(webhook=self.webhook)

    def told(self) -> None:
        """What the public site holds; what is in preparation is seen by the staff alone."""
        of = {"programme": self.programme}
        for _number in range(self.rows):
            self.news = NewsFactory(**of)
            self.told_document = DocumentFactory(**of)
            self.photo = PhotoFactory(**of)
            self.video = VideoFactory(**of)
            self.listed = EntryFactory(**of)
            IntroductionFactory(entry=self.listed)
            self.report = ReportFactory(person=self.people["applicant"])
            ReportEntryFactory(report=self.report)
            ReportEntryFactory(report=self.report, by_body=True, person=self.people["administrator"])
        self.report_token = key_of(self.report)
        for number in range(self.rows):
            ReportEntryFactory(report=self.report, text=f"Ancora, volta {number}")
        self.news.cover, self.news.cover_alt = self.photo.small.name, "Un orto"
        self.news.save()
        self.listed = administered(self.programme)[0]
        self.own_entry = EntryFactory(programme=self.programme, organisation=self.organisation)
        self.introduction = IntroductionFactory(entry=self.own_entry, asked_by=self.people["other_applicant"])
