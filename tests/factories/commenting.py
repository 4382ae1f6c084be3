"""Calls that give comments, in the state that a test of them starts from."""

from tests.jury.verdicts import Judged
from vivaio.calls.states import Commenting
from vivaio.jury.commenting import actions
from vivaio.jury.models import Assignment, Comment
from vivaio.jury.states import CommentState


class Commented(Judged):
    """A judged call that gives comments: two jurors wrote on each criterion, and one of them on the whole."""

    def __init__(self, commenting=Commenting.EVERYBODY, **fields):
        super().__init__(commenting=commenting, **fields)
        self.application = self.apply("Ponte", (5, 4), (3, 4))
        self.other = self.apply("Ventola", (2, 2), (2, 1))
        for sheet in Assignment.objects.filter(juror__panel=self.panel):
            write(sheet, overall=sheet.juror == self.jurors[0])

    def publish(self):
        """The ranking is on line, and whoever applied has heard."""
        super().publish()
        self.tell()

    def comments(self, application=None):
        return Comment.objects.filter(assignment__application=application or self.application).exclude(
            text=""
        )

    def comment(self, juror=0, key="bisogno"):
        return Comment.objects.get(
            assignment__application=self.application,
            assignment__juror=self.jurors[juror],
            criterion__key=key,
        )

    def read(self, application=None):
        """Every comment is read and ready."""
        actions.all_ready(application or self.application, self.panel, by=self.manager)

    def release(self, application=None):
        return actions.release(fresh(application or self.application), by=self.manager)


def fresh(application):
    return type(application).objects.select_related("call__programme").get(pk=application.pk)


def write(sheet, *, overall=False, state=CommentState.WRITTEN, **fields):
    """Comments on a sheet that is complete."""
    fields |= {"assignment": sheet, "state": state}
    for criterion in sheet.application.call.criteria.all():
        Comment.objects.create(criterion=criterion, text=words(sheet, criterion.key), **fields)
    if overall:
        Comment.objects.create(text=words(sheet, "insieme"), **fields)


def words(sheet, about):
    """What a juror wrote: told apart by the number of the sheet alone, never by a name."""
    return f"Testo {sheet.pk.hex[:6]} su {about}."
