"""The tab of the contests."""

from django.utils.translation import pgettext_lazy

from vivaio.initiatives.tabs.registry import Tab, register

register(Tab("contests", pgettext_lazy("tab", "Contests"), "initiatives:contests", 55))
