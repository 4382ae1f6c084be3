"""What a token may be used for. It opens no more than its owner may do at that moment."""

from typing import Any

from django.utils.translation import gettext_lazy as _

APPLICATIONS_READ = "applications:read"
APPLICATIONS_WRITE = "applications:write"
INITIATIVES_READ = "initiatives:read"
STAFF_READ = "staff:read"
JURY_READ = "jury:read"
JURY_WRITE = "jury:write"

# In the order in which people read them.
SCOPES: dict[str, Any] = {
    APPLICATIONS_READ: _("Read your applications and those of your organisations"),
    APPLICATIONS_WRITE: _("Begin, write, hand in and withdraw these applications"),
    INITIATIVES_READ: _("Read the initiatives of your teams"),
    STAFF_READ: _("Read what you may read as staff: applications, rankings, initiatives, experts, money"),
    JURY_READ: _("Read the applications assigned to you as a juror, and your score sheets"),
    JURY_WRITE: _("Write in your score sheets, declare conflicts of interest, step aside"),
}
