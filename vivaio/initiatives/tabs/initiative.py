"""The tabs of the initiative itself and of its team."""

from django.utils.translation import pgettext_lazy

from vivaio.initiatives.tabs.registry import Tab, register

register(Tab("initiative", pgettext_lazy("tab", "Overview"), "initiatives:initiative", 10))
register(Tab("team", pgettext_lazy("tab", "Team"), "initiatives:team", 25))
register(Tab("legal", pgettext_lazy("tab", "Legal entity"), "initiatives:legal", 80))
register(Tab("story", pgettext_lazy("tab", "Public page"), "initiatives:story_write", 90))
