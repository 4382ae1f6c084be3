"""What happened to contacts, in words for the register."""

from django.utils.translation import gettext_lazy as _

from vivaio.journal.verbs import declare

declare("initiatives.contact_added", _("{actor} recorded a contact."))
declare("initiatives.contact_changed", _("{actor} changed a contact."))
declare("initiatives.contact_told", _("{actor} told what happened with a contact."))
declare("initiatives.contact_ended", _("{actor} told what came of a contact."))
declare("initiatives.contact_reopened", _("{actor} took a contact up again."))
declare("initiatives.contact_forgotten", _("The people behind a contact were forgotten."))
