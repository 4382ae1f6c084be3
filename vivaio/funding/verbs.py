"""What happened here, in words for the register."""

from django.utils.translation import gettext_lazy as _

from vivaio.journal.verbs import declare

declare("funding.received", _("{actor} wrote money that came in, in the ledger."))
declare("funding.reversed", _("{actor} reversed a transaction of the ledger."))
declare("funding.awarded", _("{actor} awarded money to an initiative."))
declare("funding.revoked", _("{actor} took an award back: what was left is free again."))
declare("funding.expired", _("An award expired: what was left is free again."))
declare("funding.reminded", _("A team was told that its award expires soon."))
declare("funding.terms_changed", _("{actor} changed how the programme pays out."))
declare("funding.claim_begun", _("{actor} began a claim."))
declare("funding.claim_edited", _("{actor} changed a claim."))
declare("funding.claim_discarded", _("{actor} threw the draft of a claim away."))
declare("funding.claim_submitted", _("{actor} handed a claim in."))
declare("funding.claim_withdrawn", _("{actor} took a claim back."))
declare("funding.claim_sent_back", _("{actor} sent a claim back to be corrected."))
declare("funding.claim_refused", _("{actor} refused a claim."))
declare("funding.claim_approved", _("{actor} approved a claim."))
declare("funding.claim_paid", _("{actor} wrote that a claim was paid."))
declare("funding.payment_undone", _("{actor} undid the payment of a claim."))
declare("funding.approval_undone", _("{actor} undid the approval of a claim."))
declare("funding.claim_warned", _("A team was told that its unfinished claim will go."))
declare("funding.claim_given_up", _("A claim that was never finished went."))
declare("funding.claim_emptied", _("The papers of a claim went: the time to keep them was over."))
declare("funding.prizes_assigned", _("{actor} assigned the prizes of a contest."))
