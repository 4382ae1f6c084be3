"""Which browser on which system: all that is told of a device, for its place would be a guess."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from ua_parser import parse


@dataclass(frozen=True)
class Device:
    """A browser and a system, each possibly unknown."""

    browser: str
    system: str

    def __str__(self) -> str:
        if self.browser and self.system:
            return _("%(browser)s on %(system)s") % {"browser": self.browser, "system": self.system}
        return self.browser or self.system or _("Unknown browser")


def read(user_agent: str) -> Device:
    """What a browser says of itself."""
    found = parse(user_agent[:500])
    browser = found.user_agent.family.removesuffix(" Mobile") if found.user_agent else ""
    system = found.os.family if found.os else ""
    return Device("" if browser == "Other" else browser, "" if system == "Other" else system)
