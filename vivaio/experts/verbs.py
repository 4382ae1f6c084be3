"""What happened here, in words for the register."""

from django.utils.translation import gettext_lazy as _

from vivaio.experts.engaging import verbs as engaging
from vivaio.experts.placing import verbs as placing
from vivaio.journal.verbs import declare

__all__ = ["engaging", "placing"]

declare("experts.laid_out", _("{actor} started the competence bank with the usual fields."))
declare("experts.field_added", _("{actor} added a field or a competence to the bank."))
declare("experts.field_reworded", _("{actor} changed the words of a field or of a competence of the bank."))
declare("experts.fields_ordered", _("{actor} changed the order of fields or competences of the bank."))
declare("experts.field_retired", _("{actor} retired a field or a competence of the bank."))
declare("experts.field_restored", _("{actor} offered a retired field or competence of the bank again."))
declare(
    "experts.field_removed", _("{actor} deleted a field or a competence of the bank that nobody had used.")
)
declare("experts.applied", _("{actor} applied to the competence bank."))
declare("experts.edited", _("{actor} changed their profile as an expert."))
declare("experts.checked", _("{actor} admitted an expert to the competence bank."))
declare("experts.changes_accepted", _("{actor} checked what an expert had changed."))
declare("experts.changes_undone", _("{actor} put back what an expert had changed."))
declare("experts.sent_back", _("{actor} sent an expert's profile back."))
declare("experts.declined", _("{actor} did not admit an expert to the competence bank."))
declare("experts.paused", _("{actor} put an expert's profile on pause."))
declare("experts.resumed", _("{actor} resumed an expert's profile."))
declare("experts.renewed", _("{actor} renewed their profile as an expert."))
declare("experts.renewal_reminded", _("An expert was reminded to renew the profile."))
declare("experts.expired", _("An expert's profile expired."))
declare("experts.invitation_cancelled", _("{actor} called the invitation of an expert back."))
declare("experts.invited", _("{actor} invited an expert to the competence bank."))
declare("experts.invitation_declined", _("{actor} declined an invitation to the competence bank."))
declare("experts.request_written", _("{actor} wrote a request for experts."))
declare("experts.request_refined", _("{actor} changed a request for experts."))
declare("experts.request_sent", _("{actor} sent a request for experts."))
declare("experts.request_opened", _("{actor} opened a request for experts."))
declare("experts.request_withdrawn", _("{actor} took back a request for experts."))
declare("experts.request_closed", _("{actor} closed a request for experts."))
declare("experts.round_asked", _("{actor} asked for a matching of requests and experts."))
declare("experts.round_failed", _("A matching of requests and experts could not be worked out."))
declare("experts.round_computed", _("{actor} computed a matching of requests and experts."))
declare("experts.round_sent", _("{actor} sent a matching of requests and experts."))
declare("experts.pair_locked", _("{actor} locked or freed a pair of request and expert."))
declare("experts.pair_chosen", _("{actor} chose another expert for a request in a matching."))
declare("experts.pair_barred", _("{actor} ruled out a pair of request and expert."))
declare("experts.proposal_sent", _("{actor} proposed a request to an expert."))
declare("experts.proposal_accepted", _("{actor} accepted a request as an expert."))
declare("experts.proposal_declined", _("{actor} declined a request as an expert."))
declare("experts.proposal_lapsed", _("An expert did not answer a proposal in time."))
declare("experts.proposal_given_time", _("{actor} gave an expert more time to answer a proposal."))
declare("experts.proposal_withdrawn", _("{actor} took back a proposal to an expert."))
