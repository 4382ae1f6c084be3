"""Discussions of a jury for tests."""

from tests.factories.jury import AssignmentFactory, JurorFactory, PanelFactory, eligible, judging_call, scored
from tests.factories.programmes import holder
from vivaio.calls.states import Discussing
from vivaio.jury.discussing import actions


class Discussed:
    """A jury of three that discusses one application which all have scored: (1, 2), (5, 5), (3, 3)."""

    def __init__(self, discussing=Discussing.ANONYMOUS, revising=False, call=None, jurors=3, **fields):
        self.call = call or judging_call(discussing=discussing, revising=revising, **fields)
        self.panel = PanelFactory(call=self.call)
        self.jurors = [JurorFactory(panel=self.panel, family_name=f"Cognome{n}") for n in range(jurors)]
        for juror in self.jurors:
            juror.person.family_name = juror.family_name
            juror.person.save()
        self.manager = holder(self.call.programme, "manager")
        self.application = eligible(self.call, title="Un forno di quartiere")
        self.sheets = self.scored(self.application, (1, 2), (5, 5), (3, 3))

    def scored(self, application, *values):
        """The sheets of an application, complete; none confirmed."""
        return [
            scored(AssignmentFactory(juror=juror, application=application), *given)
            for juror, given in zip(self.jurors, values, strict=False)
        ]

    def confirm(self, *numbers, sheets=None):
        """The jurors with these numbers confirm; the discussion."""
        found = None
        for number in numbers:
            sheet = (sheets or self.sheets)[number]
            found = actions.confirm(sheet, by=sheet.juror.person)
        return found

    def say(self, number, text, discussion=None):
        found = discussion or self.application.discussion
        return actions.say(found, text, by=self.jurors[number].person, juror=self.jurors[number])
