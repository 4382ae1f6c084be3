"""What a ranking is made by: what jurors know, the figure that decides, and what counts between equals."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from vivaio.calls import rules
from vivaio.calls.forms.sections import SectionForm
from vivaio.calls.models import Call
from vivaio.calls.states import DRAW, EARLIER, Deciding, Discussing, Reviewing
from vivaio.kit.forms import needed_sometimes


class DecidingForm(SectionForm):
    """The figure, the tie rule as a choice for each place, and where the numbers of a draw come from."""

    translated = ("draw_source",)
    lines = (("draw_source",),)
    deciding = forms.ChoiceField(
        label=_("The ranking is made by"), choices=Deciding.choices, widget=forms.RadioSelect
    )
    reviewing = forms.ChoiceField(
        label=_("Who applies"),
        choices=Reviewing.choices,
        widget=forms.RadioSelect,
        help_text=_(
            "In a blind review jurors do not read names, nor the answers that the form marks as telling who applies."
            " In “Jury” you see an application as they read it, and decide about single files."
        ),
    )

    discussing = forms.ChoiceField(
        label=_("Discussion"),
        choices=Discussing.choices,
        widget=forms.RadioSelect,
        help_text=_(
            "A juror reads and writes about an application only after confirming their own scores of it, and never in a"
            " track where they have a conflict of interest."
        ),
    )

    class Meta:
        model = Call
        fields = ("deciding", "reviewing", "discussing", "revising", "practice_counts", "draw_source")
        help_texts = {
            "practice_counts": _(
                "Before the work begins the jury may score a few applications together for practice. Unticked, those"
                " scores enter nothing; ticked, they are the score sheets of these applications."
            ),
            "revising": _("With a reason. The earlier score is kept, the last one counts."),
            "draw_source": _(
                "Numbers that nobody can know or bend when the call comes out, on a day after the jury has ended: "
                "“Lotto, wheel of Milan, first draw after 30 June 2026, in the order drawn”."
            ),
        }

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        needed_sometimes(self.fields["draw_source"])
        choices = [("", _t("Nothing more"))]
        choices += [(f"criterion:{one.key}", str(one)) for one in self.instance.criteria.all()]
        choices += [
            (EARLIER, _t("The application handed in first")),
            (DRAW, _t("Lots drawn from a public seed")),
        ]
        standing = rules.known_tie_breaks(self.instance)
        for n in range(1, len(choices)):
            self.fields[f"step_{n}"] = forms.ChoiceField(
                label=_t("%(n)s. At equal scores counts") % {"n": n},
                choices=choices,
                required=False,
                disabled=bool(self.locked),
                initial=standing[n - 1] if n <= len(standing) else "",
            )

    def rows(self) -> list[list[Any]]:
        steps = [[self[name]] for name in self.fields if name.startswith("step_")]
        sources = [[field] for line in super().rows() for field in line]
        return [
            [self["reviewing"]],
            [self["discussing"]],
            [self["revising"]],
            [self["practice_counts"]],
            [self["deciding"]],
            *steps,
            *sources,
        ]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if said.get("revising") and said.get("discussing") == Discussing.NONE:
            self.add_error(
                "revising", _t("Scores change in a discussion: let jurors discuss, or untick this.")
            )
        seen: set[str] = set()
        for name, value in self._steps(said):
            if value in seen:
                self.add_error(name, _t("This already counts before: choose another, or nothing more."))
            elif DRAW in seen:
                self.add_error(name, _t("Nothing counts after the draw, which leaves nobody equal."))
            seen.add(value)
        if DRAW in seen and not said.get("draw_source"):
            self.add_error(
                "draw_source",
                _t("Say beforehand which public numbers will be the seed: then nobody can choose them."),
            )
        return said

    @staticmethod
    def _steps(said: dict[str, Any]) -> list[tuple[str, str]]:
        return [(name, value) for name, value in said.items() if name.startswith("step_") and value]

    def values(self) -> dict[str, Any]:
        steps = [value for _name, value in self._steps(self.cleaned_data)]
        changed = {"tie_breaks": steps} if steps != self.instance.tie_breaks else {}
        return {**super().values(), **changed}
