"""The register as a list."""

from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext_lazy

from vivaio.desk.register import queries
from vivaio.desk.register.subjects import kind_in_words
from vivaio.journal import verbs
from vivaio.kit import formats
from vivaio.kit.tables import ChoiceFilter, Column, Table


def actor(record: Any) -> str:
    """Who acted: a name, the machine, or somebody whose account is gone."""
    if record.actor is None:
        return "Vivaio"
    name = record.actor_name or _now("a person whose account is gone")
    if record.on_behalf_of:
        whom = record.behalf_name or _now("somebody else")
        return _now("%(name)s on behalf of %(whom)s") % {"name": name, "whom": whom}
    return name


def told(record: Any) -> str:
    """What happened, as a sentence in the reader's language."""
    subject = getattr(record, "subject_name", "") or kind_in_words(record.subject_type)
    sentence = verbs.sentence(record.verb, actor=actor(record), subject=subject)
    return sentence[:1].upper() + sentence[1:]


def deeds() -> list[tuple[str, str]]:
    """The verbs as sentences without names, in alphabetical order."""
    said = ((verb, verbs.sentence(verb, actor="…", subject="…")) for verb in verbs.SENTENCES)
    return sorted(said, key=lambda pair: pair[1].casefold())


def when(record: Any) -> str:
    """The day, on one line; its hour stands under it."""
    return formats.short_day(record.at).replace(" ", "\u00a0")


class Register(Table):
    """What happened: when, who, what, about what."""

    key = "desk.register"
    permission = "journal.read"
    caption = _("Register")
    nouns = ngettext_lazy("%(n)d act recorded", "%(n)d acts recorded", "n")
    search = ("actor_name",)
    search_hint = _("Name of who acted")
    filters = (
        ChoiceFilter("verb", _("What was done"), deeds, everything=pgettext_lazy("records", "All")),
        ChoiceFilter(
            "span",
            _("When"),
            (
                ("today", _("Today")),
                ("week", _("Last 7 days")),
                ("month", _("Last 30 days")),
                ("year", _("Last 12 months")),
            ),
            narrow=queries.within,
            everything=_("Any time"),
        ),
    )
    columns = (
        Column("at", _("When"), order="number", show=when, note=lambda row: formats.hour(row.at)),
        Column("what", _("What happened"), value=told, template="desk/register/what.html"),
        Column("who", _("Who"), value=actor, page=False),
        Column(
            "about",
            _("About"),
            value=lambda row: kind_in_words(row.subject_type),
            template="desk/register/about.html",
            phone=False,
        ),
        Column("subject", _("Subject"), value=lambda row: str(row.subject_id), page=False),
        Column("verb", _("Verb"), page=False),
        Column("fields", _("Fields changed"), value=lambda row: ", ".join(row.fields), page=False),
        Column("number", _("Number"), page=False),
        Column("id", _("Record"), value=lambda row: str(row.pk), page=False),
    )
    default_order = "-at"
    per_page = 25
    row_header = "what"
    keep = ("subject", "kind")
