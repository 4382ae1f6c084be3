"""The first tab: the initiative itself."""

from django.utils.translation import pgettext_lazy

from vivaio.initiatives.tabs.registry import Tab, register

register(Tab("initiative", pgettext_lazy("tab", "Overview"), "initiatives:initiative", 10))
