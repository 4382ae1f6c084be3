"""What own words have to be like. Who may write them is asked where the page stands, which knows roles."""

from typing import Any

from django.utils.translation import gettext as _

from vivaio.mailroom.wording.fields import LONGEST, Wordable, lacking, wrong_with


def subject(text: str, wordable: Wordable) -> Any:
    """One line, with fields of the letter alone."""
    if not text.strip():
        return _("Write a subject.")
    if "\n" in text.strip():
        return _("The subject is one line.")
    if len(text) > 300:
        return _("The subject is too long: at most 300 characters.")
    return " ".join(wrong_with(text, wordable)) or None


def body(text: str, wordable: Wordable) -> Any:
    """A text with fields of the letter alone, and with those that it may not lose."""
    if not text.strip():
        return _("Write the text of the letter.")
    if len(text) > LONGEST:
        return _("The text is too long for a letter.")
    wrong = wrong_with(text, wordable)
    if missing := lacking(text, wordable):
        names = ", ".join(f"{field.mark} ({field.meaning})" for field in missing)
        wrong.append(_("The letter may not go without: %(fields)s. Put it back in.") % {"fields": names})
    return " ".join(wrong) or None
