"""The tabs of the initiative itself and of its team."""

from django.utils.translation import pgettext_lazy

from vivaio.initiatives.tabs.registry import Tab, register

register(Tab("initiative", pgettext_lazy("tab", "Overview"), "initiatives:initiative", 10))
register(Tab("team", pgettext_lazy("tab", "Team"), "initiatives:team", 20))
