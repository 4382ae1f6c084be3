"""What happened to letters, in words for the register."""

from django.utils.translation import gettext_lazy as _

from vivaio.journal.verbs import declare

declare("letters.released", _("{actor} released held letters."))
declare("letter.cancelled", _("{actor} cancelled the letter “{subject}”."))
declare("letter.retried", _("{actor} tried to send the letter “{subject}” again."))
declare("letter.found_sent", _("{actor} found that the letter “{subject}” had arrived."))
declare(
    "letter.found_unsent", _("{actor} found that the letter “{subject}” had not arrived and sent it again.")
)
declare("letter.sent", _("The letter “{subject}” was sent."))
declare("letter.failed", _("The letter “{subject}” could not be sent."))
declare("letter.to_verify", _("Nobody knows whether the letter “{subject}” left: somebody has to find out."))
declare("letter.erased", _("{actor} erased the words of a letter."))
declare("letter.unwanted", _("The letter “{subject}” was not sent: the person does not want it."))
declare("letters.gathered", _("Letters left together in the digest “{subject}”."))
declare("letters.chosen", _("{actor} chose which letters to receive."))
declare("letters.stopped", _("Somebody chose with the link of a letter which letters to receive."))
declare("letters.worded", _("{actor} changed the text of a letter of {subject}."))
declare("letters.unworded", _("{actor} went back to the standard text of a letter of {subject}."))
