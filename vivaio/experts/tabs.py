"""The tab of an initiative's page where it asks for experts."""

from django.utils.translation import gettext_lazy as _

from vivaio.initiatives.readers import Reader
from vivaio.initiatives.tabs import Tab, register


def shown(reader: Reader) -> bool:
    """The team, and whoever reads the bank."""
    return reader.of_team or reader.may("experts.read")


register(Tab("experts", _("Experts"), "experts:tab", 60, shown))
