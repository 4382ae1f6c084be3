"""What is true of the product itself, and stands in the statement until the body has written its own."""

from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from vivaio.kit.texts import write_texts
from vivaio.publishing.models import AccessibilityStatement

# Where AgID says how one turns to the Difensore civico per il digitale.
ENFORCEMENT = "https://www.agid.gov.it/it/design-servizi/accessibilita/procedura-attuazione"
TEXTS = {
    "method_note": _(
        "Those who make the software check every page, in Italian and English, on a narrow and on a wide screen, with "
        "an automatic tool (axe-core) at each change. Such a tool finds only a part of the barriers: people who use "
        "assistive technologies have not yet tried the site in an ordered way."
    ),
    "nonconforming": _(
        "- Videos have captions and may have a transcript, but no audio description (WCAG 1.2.5).\n"
        "- Documents that programmes upload (PDF, office files) are offered as they were received: not all of them "
        "can be read well with a screen reader (EN 301 549, chapter 10)."
    ),
    "outside": _(
        "- What applicants and other third parties hand in, which the body neither pays for nor controls "
        "(directive (EU) 2016/2102, art. 1(4)(e))."
    ),
    "alternatives": _(
        "The full text of calls and the receipts of applications, which this site writes itself, are accessible PDF "
        "(PDF/UA), and what they say stands on web pages too. Ask for any other document in a form that you can use: "
        "the form of reports takes such requests."
    ),
}

PURPOSE = {
    "title": _("Accessibility reports"),
    "text": _(
        "Whoever meets a barrier on the site may report it, without an account too; the report is followed until it "
        "is answered."
    ),
    "subjects": _("Whoever sends a report"),
    "data": _("Text of the report, page, browser and assistive technology if told, e-mail if left"),
    "recipients": _(
        "Administrators of the site; the Difensore civico per il digitale, if whoever reported turns to them"
    ),
}


def purpose() -> dict[str, dict[str, str]]:
    """What the register of processing says of the reports."""
    languages = [code for code, _name in settings.LANGUAGES]
    return {name: in_each(text, languages) for name, text in PURPOSE.items()}


def of_the_product() -> AccessibilityStatement:
    """The statement of an installation about which nobody has written anything yet; it is not stored."""
    statement = AccessibilityStatement()
    languages = [code for code, _name in settings.LANGUAGES]
    write_texts(statement, {name: in_each(text, languages) for name, text in TEXTS.items()})
    return statement


def in_each(text: Any, languages: list[str]) -> dict[str, str]:
    """The same words in each language."""
    found = {}
    for language in languages:
        with override(language):
            found[language] = str(text)
    return found
