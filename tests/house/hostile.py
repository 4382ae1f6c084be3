"""What somebody who means ill, or a broken browser, may send: values, files, and the forms to put them in."""

import io
import zipfile
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.core.files.uploadedfile import SimpleUploadedFile

SCRIPT = "<script>alert(1)</script>"
TEXTS = (
    "", " ", "\0", "a\0b", "\ud800", "\ufffe\uffff", "\u202egnp.exe", "\u200b", "a\r\nSubject: b", "\x1b[31m",
    SCRIPT, "\"'><img src=x onerror=alert(1)>", "{{ 7 }}{% debug %}", "[x](javascript:alert(1))", "%s%(a)s%00",
    "=HYPERLINK(\"http://x\")", "+1+1", "@SUM(A1)", "-1", "-0", "0", "1.5", "1e400", "9" * 40, "-" + "9" * 25,
    "2147483648", "9223372036854775808", "NaN", "Infinity", "-Infinity", "1,000,000.00", "٣", "0x10", "1_000",
    "0001-01-01T00:00", "9999-12-31T23:59", "99999-01-01T00:00", "2026-02-30", "2026-03-29T02:30", "24:00",
    "00000000-0000-0000-0000-000000000000", "not-a-uuid", "../../etc/passwd", "//example.org", "on", "true",
    "a@b", "a@" + "b" * 300 + ".example", "it", "[]", "{}", "null", "\U0001f469\u200d\U0001f33e" * 50, "x" * 5_000,
)  # fmt: skip
HUGE = "x" * 1_000_000
# What a script sends where a text is expected.
THINGS = (None, True, -1, 1e308, 2**70, [], [[]], {}, {"a": {"b": []}}, *TEXTS)


def _zip(names: dict[str, bytes]) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in names.items():
            archive.writestr(name, content)
    return written.getvalue()


def _bomb() -> bytes:
    """A workbook of a few kilobytes that unfolds to tens of megabytes."""
    return _zip({"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b" " * 30_000_000})


FILES: dict[str, tuple[str, bytes, str]] = {
    "empty": ("vuoto.pdf", b"", "application/pdf"),
    "script in a drawing": ("a.svg", b"<svg><script>alert(1)</script></svg>", "image/svg+xml"),
    "page called a PDF": ("a.pdf", SCRIPT.encode(), "application/pdf"),
    "only the beginning of a PDF": ("a.pdf", b"%PDF-1.7", "application/pdf"),
    "only the beginning of a picture": ("a.png", b"\x89PNG\r\n\x1a\n", "image/png"),
    "bomb": ("a.xlsx", _bomb(), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "broken archive": ("a.xlsx", b"PK\x03\x04" + b"\0" * 40, "application/zip"),
    "not a workbook": ("a.xlsx", _zip({"a.txt": b"a"}), "application/zip"),
    "way out": ("../../../etc/a.pdf", b"%PDF-1.7\n%%EOF\n", "application/pdf"),
    "long name": ("à" * 300 + ".pdf", b"%PDF-1.7\n%%EOF\n", "application/pdf"),
    "odd name": ("\u202efdp.exe\r\n\"';.pdf", b"%PDF-1.7\n%%EOF\n", "application/pdf"),
    "two endings": ("a.pdf.exe", b"MZ\0\0", "application/pdf"),
    "no ending": ("a", b"\0\1\2", ""),
    "text of no alphabet": ("a.json", b"\xff\xfe{\0", "application/json"),
    "deep": ("a.json", b"[" * 100_000, "application/json"),
    "many": ("a.yaml", b"a: &a [x,x]\nb: &b [*a,*a]\nc: [*b,*b]\n", "text/yaml"),
}  # fmt: skip


def file(kind: str) -> SimpleUploadedFile:
    name, content, content_type = FILES[kind]
    return SimpleUploadedFile(name, content, content_type)


@dataclass
class Sheet:
    """A form as a page draws it: what its fields hold, and which take a file or a text."""

    values: dict[str, list[str]] = field(default_factory=dict)
    files: set[str] = field(default_factory=set)
    texts: set[str] = field(default_factory=set)

    def add(self, other: "Sheet") -> None:
        self.values.update(other.values)
        self.files |= other.files
        self.texts |= other.texts


class Forms(HTMLParser):
    """The forms of a page that send something, by the path they send it to."""

    def __init__(self, address: str, page: str):
        super().__init__()
        self.address, self.found = address, dict[str, Sheet]()
        self.asked: set[str] = set()
        self._sheet, self._area, self._select = Sheet(), "", ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        said = {key: value or "" for key, value in attrs}
        name, sheet = said.get("name", ""), self._sheet
        if name:
            self.asked.add(name)
        if tag == "form":
            self._sheet = Sheet()
            if said.get("method", "").lower() == "post":
                to = urlsplit(urljoin(self.address, said.get("action") or self.address)).path
                self._sheet = self.found.setdefault(to, Sheet())
        elif tag == "option" and self._select and "selected" in said:
            sheet.values.setdefault(self._select, []).append(said.get("value", ""))
        elif tag == "select":
            self._select = name
        elif tag == "textarea":
            self._area = name
            sheet.values[name], sheet.texts = [""], sheet.texts | {name}
        elif tag == "button" and name:
            sheet.values.setdefault(name, [])
        elif tag == "input" and name and name != "csrfmiddlewaretoken":
            self._input(said.get("type", "text"), name, said, sheet)

    def _input(self, kind: str, name: str, said: dict[str, str], sheet: Sheet) -> None:
        if kind == "file":
            sheet.files.add(name)
        elif kind in ("checkbox", "radio"):
            sheet.values.setdefault(name, [])
            if "checked" in said:
                sheet.values[name].append(said.get("value", "on"))
        else:
            sheet.values.setdefault(name, []).append(said.get("value", ""))
            if kind in ("text", "search", "email", "number", "url", "tel"):
                sheet.texts.add(name)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._sheet = Sheet()
        elif tag == "textarea":
            self._area = ""
        elif tag == "select":
            self._sheet.values.setdefault(self._select, [])
            self._select = ""

    def handle_data(self, data: str) -> None:
        if self._area:
            self._sheet.values[self._area][0] += data
