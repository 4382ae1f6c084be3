"""A browser without script: reads a form's fields from a page and posts them as they stand."""

from html.parser import HTMLParser

from django.http import QueryDict


class Page(HTMLParser):
    """The fields and elements of a page."""

    def __init__(self, html: str):
        super().__init__()
        self.fields: dict[str, list[str]] = {}
        self.ids: list[str] = []
        self.labelled: set[str] = set()
        self.controls: list[dict[str, str]] = []
        self.buttons: list[dict[str, str]] = []
        self.described: list[str] = []
        self.headings: list[str] = []
        self._select = self._textarea = ""
        self._open = ""
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        found = {name: value or "" for name, value in attrs}
        if "id" in found:
            self.ids.append(found["id"])
        if tag == "label":
            self.labelled.add(found.get("for", ""))
        self.described += found.get("aria-describedby", "").split()
        if tag in ("input", "select", "textarea") and found.get("type") != "hidden":
            self.controls.append(found)
        if tag == "button":
            self.buttons.append(found)
        if tag in ("h1", "h2", "h3"):
            self.headings.append(tag)
        if tag == "input":
            self._input(found)
        elif tag == "select":
            self._select = found["name"]
            self.fields[self._select] = [""]
        elif tag == "option" and "selected" in found:
            self.fields[self._select] = [found["value"]]
        elif tag == "textarea":
            self._textarea = found["name"]
            self.fields[self._textarea] = [""]

    def _input(self, found):
        kind = found.get("type", "text")
        if kind in ("checkbox", "radio"):
            if "checked" in found:
                self.fields.setdefault(found["name"], []).append(found["value"])
        elif kind != "file" and "name" in found:
            self.fields[found["name"]] = [found.get("value", "")]

    def handle_endtag(self, tag):
        if tag == "textarea":
            # A browser drops the first line break of a text area.
            self.fields[self._textarea] = [
                self.fields[self._textarea][0].removeprefix("\n").replace("\n", "\r\n")
            ]
            self._textarea = ""

    def handle_data(self, data):
        if self._textarea:
            self.fields[self._textarea][0] += data

    def post(self, *, button=("_wish", "save"), **typed) -> QueryDict:
        """What a press of the button sends, with these fields typed in (a list for several)."""
        sent = QueryDict(mutable=True)
        for name, value in (self.fields | typed).items():
            sent.setlist(name, value if isinstance(value, list) else [value])
        sent.appendlist(*button)
        return sent
