"""One row of a call among others on a page."""

from decimal import Decimal
from typing import Any

from django import forms
from django.forms.utils import ErrorDict
from django.utils.translation import gettext_lazy as _

from vivaio.calls import rules
from vivaio.calls.forms.instants import guard
from vivaio.calls.forms.translated import TranslatedForm
from vivaio.calls.models import Call


class RowForm(TranslatedForm):
    """A row with its place in the order and a box that removes it."""

    row = forms.CharField(widget=forms.HiddenInput, required=False)
    place_number = forms.IntegerField(
        label=_("Place in the order"), min_value=1, max_value=999, required=False
    )
    remove = forms.BooleanField(label=_("Remove when saving"), required=False)

    def __init__(
        self,
        *args: Any,
        call: Call,
        place: int,
        locked: bool = False,
        tracks: Any = None,
        **kwargs: Any,
    ):
        self.call, self.number, self.tracks = call, place, tracks
        super().__init__(*args, programme=call.programme, **kwargs)
        guard(self)
        self.initial |= {"row": str(self.instance.pk), "place_number": place}
        if not hasattr(self.instance, "position"):
            del self.fields["place_number"]
        if locked:
            for field in self.fields.values():
                field.disabled = True

    @classmethod
    def blank(cls, call: Call, place: int) -> list[tuple[str, Any]]:
        """What a new row starts from, as the page would send it."""
        form = cls(instance=cls.Meta.model(call=call), call=call, place=place)  # type: ignore[attr-defined]
        told = [(name, form[name].value()) for name in form.fields if name not in ("row", "remove")]
        return [(name, value) for name, value in told if value not in (None, "", [])]

    @property
    def to_remove(self) -> bool:
        return self.is_bound and bool(self.data.get(self.add_prefix("remove")))

    def offer_tracks(self) -> None:
        """The call's tracks, or all of them; read once for all the rows of a page."""
        tracks = self.tracks if self.tracks is not None else list(self.call.tracks.all())
        field = self.fields["track"]
        field.label = _("Track")
        field.queryset = self.call.tracks.all()
        field.choices = [("", _("All tracks")), *((str(one.pk), str(one)) for one in tracks)]

    def full_clean(self) -> None:
        """What is to be removed need not be right."""
        super().full_clean()
        if self.to_remove:
            self._errors = ErrorDict()

    def has_changed(self) -> bool:
        """Whether anything was typed: the place and the name of the row are no words of the person's."""
        return bool(set(self.changed_data) - {"row", "place_number"})

    def place(self) -> int:
        return getattr(self, "cleaned_data", {}).get("place_number") or self.number

    def weight_now(self) -> Decimal:
        return Decimal(0)

    def changed_names(self) -> list[str]:
        """The fields of the row that changed."""
        return sorted(
            {rules.own_name(name) for name in self.changed_data} - {"row", "place_number", "remove"}
        )

    def handling(self) -> list[Any]:
        """Place and removal, at the foot of the row."""
        return [self[name] for name in ("place_number", "remove") if name in self.fields]

    def heading(self) -> str:
        """What the row is called while it is edited."""
        return str(self.instance) if not self.instance._state.adding else ""
