"""The columns of an XLSForm: what a header stands for, in which language, and what is not taken."""

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

TRANSLATED = ("label", "hint", "guidance_hint", "required_message", "constraint_message")
PLAIN = (
    "relevant",
    "constraint",
    "calculation",
    "default",
    "read_only",
    "appearance",
    "choice_filter",
    "accept",
    "signature",
    "parameters",
)
LIMITS = {"max_words": 10_000, "max_rows": 100, "max_files": 20}
FLAGS = ("identifying",)
SURVEY = {"type", "name", "required", *TRANSLATED, *PLAIN, *LIMITS, *FLAGS}
ALIASES = {
    "command": "type",
    "tag": "name",
    "value": "name",
    "caption": "label",
    "relevance": "relevant",
    "calculate": "calculation",
    "readonly": "read_only",
    "body::accept": "accept",
    "bind::relevant": "relevant",
    "bind::required": "required",
    "bind::constraint": "constraint",
    "bind::calculate": "calculation",
    "bind::readonly": "read_only",
    "body::appearance": "appearance",
    "requiredmsg": "required_message",
    "required_msg": "required_message",
    "constraint_msg": "constraint_message",
    "constraining_message": "constraint_message",
    "bind::jr:requiredmsg": "required_message",
    "bind::jr:constraintmsg": "constraint_message",
    "set_form_title": "form_title",
    "title": "form_title",
    "set_form_id": "form_id",
}
UNSUPPORTED = re.compile(
    r"(media|image|audio|video|big[_-]image|bind|body|control|instance|repeat_count|count|jr|trigger|save_to"
    r"|query|autoplay|noapperrorstring|no_app_error_string)(:|$)"
)
NAMES = {
    "it": "Italiano (it)",
    "en": "English (en)",
    "de": "Deutsch (de)",
    "fr": "Français (fr)",
    "es": "Español (es)",
    "sk": "Slovenčina (sk)",
    "pl": "Polski (pl)",
    "hu": "Magyar (hu)",
    "sl": "Slovenščina (sl)",
}
"""The languages of the interface, and of the partners to come; a form may speak others too."""
CODES = {
    **dict.fromkeys(("italian", "italiano"), "it"),
    **dict.fromkeys(("english", "inglese"), "en"),
    **dict.fromkeys(("german", "deutsch", "tedesco"), "de"),
    **dict.fromkeys(("slovak", "slovenčina", "slovacco"), "sk"),
    **dict.fromkeys(("polish", "polski", "polacco"), "pl"),
    **dict.fromkeys(("hungarian", "magyar", "ungherese"), "hu"),
    **dict.fromkeys(("slovene", "slovenian", "slovenščina", "sloveno"), "sl"),
    **dict.fromkeys(("french", "français", "francese"), "fr"),
    **dict.fromkeys(("spanish", "español", "spagnolo"), "es"),
}
EXTRA = re.compile(r"[A-Za-z_][\w.\-]{0,59}", re.ASCII)


class NotTaken(ValueError):
    """A header that is refused; the message says what to do."""


@dataclass(frozen=True)
class Header:
    """What a header stands for. `language` is a code, or empty where none is named."""

    column: str
    language: str = ""


def base(header: str) -> str:
    """The column that a header stands for, without its language: `label::Italiano (it)` is `label`."""
    return split(header)[0]


def split(header: str) -> tuple[str, str]:
    """The column and the language as it is written."""
    whole = header.strip()
    named = re.sub(r"\s*::\s*", "::", whole.lower())
    if named in ALIASES:
        return ALIASES[named], ""
    for written in (alias for alias in ALIASES if "::" in alias and named.startswith(f"{alias}::")):
        return ALIASES[written], re.split("::", whole)[-1].strip()
    name, _colons, language = re.sub(r"\s*::?\s*", "::", whole, count=1).partition("::")
    name = name.strip().lower().replace(" ", "_")
    return ALIASES.get(name, name), language.strip()


def survey(header: str) -> Header | None:
    """A column of the survey; `None` for one that is not known. Raises `NotTaken`."""
    name, written = split(header)
    if name in SURVEY:
        return Header(name, _language(header, name, written))
    if UNSUPPORTED.match(name):
        raise NotTaken(_("column “%(column)s” is not supported; take it out") % {"column": header[:60]})
    return None


def choices(header: str) -> Header | None:
    """A column of the choices: `list_name`, `name`, `label`, or one that a `choice_filter` looks at."""
    name, written = split(header)
    if name in ("list_name", "name", "label"):
        return Header(name, _language(header, name, written))
    if UNSUPPORTED.match(name):
        raise NotTaken(_("column “%(column)s” is not supported; take it out") % {"column": header[:60]})
    return Header(f"+{header.strip()}") if EXTRA.fullmatch(header.strip()) else None


def settings(header: str) -> Header | None:
    """A column of the settings."""
    name, written = split(header)
    if name == "form_title":
        return Header(name, code_of(written))
    in_language = re.fullmatch(r"form_title_([a-z]{2,3}(?:-[a-z]{2,8})?)", name)
    if in_language:
        return Header("form_title", in_language[1])
    return Header(name) if name in ("form_id", "default_language", "languages", "version") else None


def _language(header: str, name: str, written: str) -> str:
    if not written:
        return ""
    if name not in TRANSLATED:
        words = _("column “%(column)s” has no languages; write “%(name)s” alone")
        raise NotTaken(words % {"column": header[:60], "name": name})
    code = code_of(written)
    if not code:
        words = _("language “%(name)s” has no code; write it as “Italiano (it)”")
        raise NotTaken(words % {"name": written[:40]})
    return code


def code_of(written: str) -> str:
    """The language code in `Italiano (it)`, `it` or `Italiano`; empty if there is none."""
    written = written.strip()
    found = re.search(r"\(([A-Za-z]{2,3}(?:-[A-Za-z]{2,8})?)\)$", written) or re.fullmatch(
        r"([A-Za-z]{2}(?:-[A-Za-z]{2,8})?)", written
    )
    return found.group(1).lower() if found else CODES.get(written.lower(), "")


def named(code: str) -> str:
    """A language as the header of a column names it."""
    return NAMES.get(code, f"{code} ({code})")
