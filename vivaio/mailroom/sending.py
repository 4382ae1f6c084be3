"""Handing a letter to the mail server, and reading its answer.

Three answers: taken, not taken (now or ever), unknown. Only "not taken" may lead to sending again.
"""

import smtplib
from dataclasses import dataclass
from email.utils import formataddr

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.utils.html import escape
from django.utils.translation import gettext as _

from vivaio.mailroom import stopping
from vivaio.mailroom.letters import category_of
from vivaio.mailroom.models import PERSONAL_LINKS, STOP_LINK, OutgoingLetter


@dataclass(frozen=True)
class Answer:
    """What became of a letter. `taken` is None when nobody knows."""

    taken: bool | None
    words: str = ""
    again: bool = False


def hand_over(letter: OutgoingLetter) -> Answer:
    """Give the letter to the mail server. Whatever the server or the network does becomes an `Answer`."""
    connection = get_connection()
    try:
        message = message_of(letter)
        message.message()
    except ValueError as error:
        return Answer(taken=False, words=_words(error))
    try:
        connection.open()
    except (OSError, smtplib.SMTPException) as error:
        return Answer(taken=False, words=_words(error), again=not _for_good(error))
    try:
        count = connection.send_messages([message])
    except (smtplib.SMTPResponseException, smtplib.SMTPRecipientsRefused) as error:
        return Answer(taken=False, words=_words(error), again=not _for_good(error))
    except smtplib.SMTPNotSupportedError as error:
        return Answer(taken=False, words=_words(error))
    except (OSError, smtplib.SMTPException) as error:
        # The line broke while the letter was being handed over: it may or may not have been taken.
        return Answer(taken=None, words=_words(error))
    finally:
        _close(connection)
    return Answer(taken=True) if count else Answer(taken=False, words=_("The mail server took no letter."))


def message_of(letter: OutgoingLetter) -> EmailMultiAlternatives:
    """The message that goes out, its links and all: text and HTML, under the Message-ID it always had."""
    headers = {"Message-ID": letter.message_id, "Auto-Submitted": "auto-generated"}
    stop, category = "", category_of(letter.letter)
    if category and category.by_choice:
        stop = stopping.link(letter)
        headers |= {"List-Unsubscribe": f"<{stop}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    message = EmailMultiAlternatives(
        subject=letter.subject,
        body=_linked(letter.text, letter.secret, stop),
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[formataddr((letter.recipient_name, letter.recipient_email))],
        headers=headers,
        reply_to=[letter.reply_to] if letter.reply_to else None,
    )
    message.attach_alternative(_linked(letter.html, escape(letter.secret), escape(stop)), "text/html")
    return message


def _linked(words: str, secret: str, stop: str) -> str:
    """The words with the links that they leave room for; a digest has one secret on each line."""
    links = secret.split("\n")
    words = PERSONAL_LINKS.sub(lambda found: links[int(found[1] or 0)], words)
    return words.replace(STOP_LINK, stop)


def _for_good(error: Exception) -> bool:
    """Whether the server will give the same answer tomorrow (codes from 500)."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _words in error.recipients.values())
    return isinstance(error, smtplib.SMTPResponseException) and error.smtp_code >= 500


def _words(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return "; ".join(f"{code} {_text(words)}" for code, words in error.recipients.values())
    if isinstance(error, smtplib.SMTPResponseException):
        return f"{error.smtp_code} {_text(error.smtp_error)}"
    return f"{type(error).__name__}: {error}" if str(error) else type(error).__name__


def _text(words: bytes | str) -> str:
    return words.decode("utf-8", "replace") if isinstance(words, bytes) else words


def _close(connection: object) -> None:
    """A line that cannot be closed changes nothing about the letter."""
    try:
        connection.close()  # type: ignore[attr-defined]
    except (OSError, smtplib.SMTPException):
        return
