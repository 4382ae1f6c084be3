"""The minutes of a verdict as PDF/UA: drawn up once, when it is adopted, and kept as they are."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from vivaio.applications.checking import queries as checking
from vivaio.calls.models import Criterion
from vivaio.calls.queries import deciding_in_words, draw_in_words
from vivaio.calls.states import Deciding
from vivaio.jury.models import Ranking, RankingEntry
from vivaio.jury.queries import conflicts, overriding
from vivaio.jury.queries import ranking as queries
from vivaio.jury.recusing import queries as recusals
from vivaio.jury.states import Aside, AsideState, ConflictState, JurorState
from vivaio.kit import documents, formats


def written(ranking: Ranking) -> bytes:
    """The minutes in the programme's first language."""
    language = ranking.call.programme.languages[0]
    with override(language):
        title = _("Minutes of the jury: %(track)s") % {"track": ranking.track}
        return documents.pdf(
            "jury/minutes", told(ranking), title=title, language=language, at=ranking.adopted_at
        )


def told(ranking: Ranking) -> dict[str, Any]:
    """Everything the minutes say: who judged, who was kept from what, by which rules, who adopted it and when."""
    call = ranking.call
    criteria = list(call.criteria.all())
    entries = list(queries.entries_of(ranking))
    return {
        "programme": str(call.programme),
        "lead": str(call),
        "facts": facts_of(ranking),
        "jury_heading": _("The jury"),
        "jurors": [str(juror) for juror in call.panel.jurors.filter(state=JurorState.ACCEPTED)],
        "conflicts_heading": _("Conflicts of interest"),
        "conflicts": conflicts_on(ranking),
        "overriding_heading": _("What was decided about conflicts of interest"),
        "overriding": overriding_on(ranking),
        "eligibility_heading": _("Eligibility"),
        "eligibility": eligibility_of(ranking),
        "rules_heading": _("The rules"),
        "rules": rules_of(ranking, criteria),
        "ranking_heading": _("The ranking"),
        "columns": [_("Position"), _("No."), _("Application"), _("Reviews"), _("Score"), _("Outcome")],
        "rows": [
            [
                str(entry.position),
                str(entry.application.number),
                f"{entry.application.applicant_name}: {entry.application}",
                str(entry.reviews),
                formats.number(entry.figure, 2),
                entry.get_outcome_display(),
            ]
            for entry in entries
        ],
        "decisions_heading": _("Decisions and their reasons"),
        "decisions": [said for entry in entries for said in decisions_on(entry)],
        "note_heading": _("Note"),
        "note": ranking.adoption_note,
    }


def conflicts_on(ranking: Ranking) -> list[str]:
    """Who was kept from which application of the track, and which conflicts somebody set aside, and why."""
    said = []
    for conflict in conflicts.recorded(ranking.call.panel).filter(application__track=ranking.track):
        words = {
            "juror": conflict.juror,
            "number": conflict.application.number,
            "applicant": conflict.application.applicant_name,
            "source": conflict.get_source_display(),
            "reason": conflict.decision_reason,
        }
        if conflict.state == ConflictState.STANDING:
            said.append(_("%(juror)s did not judge no. %(number)s, %(applicant)s. %(source)s.") % words)
        else:
            said.append(
                _("%(juror)s and no. %(number)s, %(applicant)s. %(source)s; set aside: %(reason)s") % words
            )
    aside = recusals.of_panel(ranking.call.panel).filter(
        application__track=ranking.track, state=AsideState.STANDING
    )
    for one in aside.exclude(why=Aside.CONFLICT):
        words = {
            "juror": one.juror,
            "number": one.application.number,
            "applicant": one.application.applicant_name,
            "why": one.get_why_display(),
        }
        said.append(_("%(juror)s stepped aside from no. %(number)s, %(applicant)s. %(why)s.") % words)
    return said or [_("No juror was in conflict with an application of this track.")]


def overriding_on(ranking: Ranking) -> list[str]:
    """Each decision about the conflicts of the track and about applicants nobody knows: when, by whom and why."""
    zone, said = ranking.call.time_zone, []
    for one in overriding.of_track(ranking):
        words = _("No. %(number)s, %(applicant)s: %(what)s") % {
            "number": one.application.number,
            "applicant": one.application.applicant_name,
            "what": one.get_what_display(),
        }
        whose = [str(one.juror)] if one.juror else []
        told = [formats.instant(one.created_at, zone), *([str(one.by)] if one.by else []), *whose, words]
        said.append(f"{' · '.join(told)}. {one.reason}".strip())
    return said


def eligibility_of(ranking: Ranking) -> list[str]:
    """Where the call wanted two people: who proposed that an application is eligible or not, and who confirmed it."""
    return [
        _("No. %(number)s, %(applicant)s: %(outcome)s, proposed by %(proposer)s, confirmed by %(confirmer)s.")
        % {
            "number": proposal.application.number,
            "applicant": proposal.application.applicant_name,
            "outcome": proposal.get_outcome_display(),
            "proposer": proposal.proposed_by or "–",
            "confirmer": proposal.settled_by or "–",
        }
        for proposal in checking.confirmed_in(ranking.track)
    ]


def decisions_on(entry: RankingEntry) -> list[str]:
    """What people decided on an application, and why."""
    who = {"number": entry.application.number, "applicant": entry.application.applicant_name}
    said = []
    if entry.tie_reason:
        order = _(
            "No. %(number)s, %(applicant)s, put at position %(position)s among equal scores: %(reason)s"
        )
        said.append(order % {**who, "position": entry.position, "reason": entry.tie_reason})
    if entry.decision_reason and entry.outcome != entry.proposed:
        outcome = _("No. %(number)s, %(applicant)s, from “%(proposed)s” to “%(outcome)s”: %(reason)s")
        words = {"proposed": entry.get_proposed_display(), "outcome": entry.get_outcome_display()}
        said.append(outcome % {**who, **words, "reason": entry.decision_reason})
    return said


def facts_of(ranking: Ranking) -> list[tuple[str, str]]:
    """Who adopted what, and when."""
    zone = ranking.call.time_zone
    return [
        (_("Track"), str(ranking.track)),
        (
            _("Places"),
            _("all above the minimum score go on") if ranking.everybody else str(ranking.track.places),
        ),
        (_("Minimum score"), formats.number(ranking.track.minimum_score)),
        (_("Computed"), formats.instant(ranking.computed_at, zone)),
        (_("Adopted"), formats.instant(ranking.adopted_at, zone)),
        (_("By"), str(ranking.adopted_by)),
    ]


def rules_of(ranking: Ranking, criteria: list[Criterion]) -> list[str]:
    """The call's rules in sentences."""
    sentences = [
        _("%(criterion)s: weight %(weight)s%%, scores from %(low)s to %(high)s.")
        % {
            "criterion": criterion,
            "weight": formats.number(criterion.weight),
            "low": criterion.scale_min,
            "high": criterion.scale_max,
        }
        for criterion in criteria
    ]
    sentences.append(
        _(
            "A score earns the share of the criterion's weight that it is of the top score, so a juror's total is"
            " out of 100;"
            " an application's score is the mean of its jurors' totals."
        )
    )
    if ranking.call.deciding == Deciding.CALIBRATED:
        sentences.append(deciding_in_words(ranking.call))
    ties = [queries.tie_rule_in_words(rule, criteria) for rule in ranking.call.tie_breaks]
    if ties:
        sentences.append(
            _("Among equal scores these count, in this order: %(rules)s.") % {"rules": "; ".join(ties)}
        )
    if draw := queries.draw_of(ranking.call):
        sentences.append(
            _("%(rule)s Numbers drawn: %(seed)s.") % {"rule": draw_in_words(ranking.call), "seed": draw.seed}
        )
    return sentences
