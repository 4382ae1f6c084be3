"""The tabs of an initiative's own page. Each room registers its own from its `tabs.py`; here are this room's."""

from vivaio.initiatives.tabs import accompanying, analysing, contesting, initiative
from vivaio.initiatives.tabs.registry import TABS, Tab, drawn, register

__all__ = ["TABS", "Tab", "accompanying", "analysing", "contesting", "drawn", "initiative", "register"]
