"""The full call as a document: PDF/UA, kept until something public changes."""

from collections.abc import Sequence
from typing import Any

from django.core.cache import caches
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from vivaio.calls import queries
from vivaio.calls.asking import queries as asking
from vivaio.calls.models import Award, Call, CallNotice, CallQuestion, Condition
from vivaio.calls.notices import changes
from vivaio.calls.notices import queries as notices
from vivaio.calls.staging import queries as staging
from vivaio.calls.states import CallState
from vivaio.kit import documents, formats, markdown

KEPT_SECONDS = 24 * 3600


def language_now() -> str:
    """The reader's language, without its region."""
    return (get_language() or "it").split("-")[0]


def pdf(call: Call, language: str | None = None, chain: Sequence[Call] = ()) -> bytes:
    """The call (of `queries.readable`) as PDF/UA; set again only when the programme's public version rises.

    `chain`: its stages, where they are known already.
    """
    language = language or language_now()
    if call.state == CallState.DRAFT:
        return written(call, language, chain)
    key = f"calls.full_text:{call.pk}:{call.programme.public_version}:{language}"
    content = caches["pages"].get(key)
    if content is None:
        content = written(call, language, chain)
        caches["pages"].set(key, content, KEPT_SECONDS)
    return content


def written(call: Call, language: str, chain: Sequence[Call] = ()) -> bytes:
    """The document in a language; the same call gives the same bytes."""
    with override(language):
        return documents.pdf(
            "calls/call",
            content_of(call, chain),
            title=call.title_i18n,
            language=language,
            author=str(call.programme),
            at=call.published_at or call.created_at,
        )


def content_of(call: Call, chain: Sequence[Call] = ()) -> dict[str, Any]:
    """All that the document says, in words."""
    told, zone = queries.told(call), call.time_zone
    return {
        "programme": str(call.programme),
        "lead": call.summary_i18n or "",
        "facts": facts_of(call),
        "who": documents.blocks(call.who_i18n, top=3),
        "what": documents.blocks(call.what_i18n, top=3),
        "text": documents.blocks(call.text_i18n, top=3),
        "dates": [[label, formats.instant(at, zone)] for label, at in told.dates],
        "tracks": [
            [
                track.title,
                track.kinds or _("all"),
                "" if call.everyone_above_goes_on else str(track.places),
                formats.number(track.minimum_score),
            ]
            for track in told.tracks
        ],
        "track_notes": [[track.title, track.description] for track in told.tracks if track.description],
        "awards": [award_in_words(award) for award in call.awards.all()],
        "conditions": [
            condition_in_words(condition) for condition in call.conditions.all() if not condition.internal
        ],
        "criteria": [
            {
                "title": criterion.title,
                "note": _("Weight %(weight)s%%, score %(scale)s.")
                % {"weight": formats.number(criterion.weight), "scale": criterion.scale},
                "question": criterion.question or "",
                "descriptors": [
                    [f"{value} {word}".strip(), text] for value, word, text in criterion.descriptors
                ],
            }
            for criterion in told.criteria
        ],
        "stages": stages_of(chain or staging.chain_of(call)),
        "going_on": told.going_on,
        "reviewing": told.reviewing,
        "discussing": told.discussing,
        "deciding": told.deciding,
        "tie_rule": told.tie_rule,
        "draw": told.draw,
        "signatures": told.signatures,
        "publication": " ".join(told.publication),
        "notices": [notice_told(one, zone) for one in notices.of_call(call).reverse()],
        "questions": [question_told(one, zone) for one in asking.published(call).reverse()],
    }


def stages_of(chain: Sequence[Call]) -> list[list[str]]:
    """Every stage with its window and who goes on from it; nothing where there is one alone."""
    return [[one.name, one.dates, one.text] for one in staging.told(chain)] if len(chain) > 1 else []


def notice_told(notice: CallNotice, zone: str) -> dict[str, Any]:
    """A notice, as the document tells it at its beginning."""
    return {
        "title": f"{notice}, {formats.short_day(notice.created_at, zone)}",
        "reason": notice.reason_i18n,
        "changes": [
            [one.label, markdown.plain(one.before), markdown.plain(one.after)] for one in changes.told(notice)
        ],
    }


def question_told(question: CallQuestion, zone: str) -> dict[str, Any]:
    """A question with its answer, as the annex holds them."""
    when = _("Answered %(day)s") % {"day": formats.short_day(question.answered_at, zone)}
    corrected = [
        _("corrected %(day)s: %(note)s")
        % {"day": formats.short_day(one.created_at, zone), "note": one.note_i18n}
        for one in question.corrections.all()
    ]
    return {
        "title": f"{question.number}. {' '.join(question.wording_i18n.split())}",
        "answer": documents.blocks(question.answer_i18n, top=4),
        "note": "; ".join([when, *corrected]) + ".",
    }


def facts_of(call: Call) -> list[tuple[str, str]]:
    """What one looks for first."""
    zone = call.time_zone
    facts = [
        (_("Programme"), str(call.programme)),
        (_("Opens"), formats.instant(call.opens_at, zone)),
        (_("Closes"), formats.instant(call.closes_at, zone)),
        (_("In short"), queries.told(call).in_short),
    ]
    if call.programme.cup:
        facts.append((_("CUP"), call.programme.cup))
    return facts


def award_in_words(award: Award) -> list[str]:
    """An award: its name with what it says, its track, how many, its amount."""
    name = f"{award}: {award.description_i18n}" if award.description_i18n else str(award)
    if award.promise:
        name = f"{name.rstrip('.')}. {' '.join(award.promise)}"
    return [
        name,
        str(award.track) if award.track else "",
        "" if award.quantity is None else str(award.quantity),
        formats.money(award.amount, award.currency),
    ]


def condition_in_words(condition: Condition) -> str:
    """A condition with the track that it is for, and what it promises beyond its title."""
    words = f"{condition} ({condition.track})" if condition.track else str(condition)
    return f"{words}. {condition.promise}" if condition.promise else words
