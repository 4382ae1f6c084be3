#!/usr/bin/env python
"""Every room's words: from sources to catalogues to what the server reads.

    python tools/messages.py            extract, update every django.po, compile every django.mo
    python tools/messages.py --compile  only compile
    python tools/messages.py --check    change nothing; list what is missing, and end with 1 if anything is

One catalogue a room, `vivaio/<room>/locale/<language>/LC_MESSAGES/django.po`, sorted, without file names or
line numbers, so that two branches rarely meet in it. Where they do, run this: a catalogue with conflict
markers in it is read entry by entry, and written clean. `config` and `methods` are not Django
applications; their words live in kit's catalogue. A new string that another room has already
translated takes over that translation.
"""

import argparse
import ast
import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings

ROOT = Path(__file__).resolve().parents[1] / "vivaio"
LANGUAGES = ("it",)
HOME_OF = {"config": "kit", "methods": "kit"}
TEMPLATES = {".html", ".txt", ".md"}
SINGLE, PLURAL, CONTEXT, BOTH = None, (1, 2), ((1, "c"), 2), ((1, "c"), 2, 3)
KEYWORDS = {
    **dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop"), SINGLE),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), PLURAL),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), CONTEXT),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), BOTH),
}
ALIAS = re.compile(rb"\b(n?p?gettext(?:_lazy|_noop)?)\s+as\s+(\w+)")
LITERAL = r"""u?(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
CALL = re.compile(rf"(?<!\w)(n?p?gettext|_)\(({LITERAL}(?:,\s*{LITERAL})*)(?:,\s*count)?\)")
COTTON_ATTRIBUTE = re.compile(r"""\s:[\w.-]+="([^"]*)\"""")
TYPST_CALL = re.compile(r'#?\bt\(("(?:[^"\\]|\\.)*")\)')
NO_DATES = re.compile(
    r'^"(?:POT-Creation-Date|PO-Revision-Date|Last-Translator|Generated-By|Project-Id-Version'
    r'|Report-Msgid-Bugs-To|Language-Team): .*"\n',
    re.MULTILINE,
)
THEIRS = re.compile(r"^<{7}.*\n|^={7}\n(?:.|\n)*?^>{7}.*\n", re.MULTILINE)
OURS = re.compile(r"^<{7}.*\n(?:.|\n)*?^={7}\n|^>{7}.*\n", re.MULTILINE)

Found = tuple[str | tuple[str, str], str | None]


def rooms() -> list[str]:
    """The rooms that hold a catalogue."""
    return sorted(p.parent.name for p in ROOT.glob("*/__init__.py") if p.parent.name not in HOME_OF)


def in_python(path: Path) -> Iterator[Found]:
    source = path.read_bytes()
    aliases = {alias.decode(): KEYWORDS[name.decode()] for name, alias in ALIAS.findall(source)}
    # What stands inside an f-string is one word to Babel before Python 3.12: it is read by itself.
    inside = [
        ast.unparse(one.value) for one in ast.walk(ast.parse(source)) if isinstance(one, ast.FormattedValue)
    ]
    for code in (source, "\n".join(inside).encode()):
        for _line, message, _comments, context in extract(
            "python", io.BytesIO(code), keywords=KEYWORDS | aliases
        ):
            yield message, context


def in_calls(text: str) -> Iterator[Found]:
    """The gettext calls in the output of `templatize`, or in an attribute's expression."""
    for name, arguments in CALL.findall(text):
        words = list(ast.literal_eval(f"({arguments},)"))
        context = words.pop(0) if name in ("pgettext", "npgettext") else None
        yield (words[0] if len(words) == 1 else (words[0], words[1])), context


def in_template(path: Path) -> Iterator[Found]:
    from django.utils.translation.template import templatize  # noqa: PLC0415  (wants settings)

    text = path.read_text("utf-8")
    yield from in_calls(templatize(text, origin=str(path)))
    for expression in COTTON_ATTRIBUTE.findall(text):
        yield from in_calls(expression)


def in_typst(path: Path) -> Iterator[Found]:
    for literal in TYPST_CALL.findall(path.read_text("utf-8")):
        yield ast.literal_eval(literal), None


def extracted(room: str) -> Catalog:
    """What the sources of a room (and of those that live with it) want translated."""
    wanted = Catalog(locale="en", charset="utf-8", header_comment="", fuzzy=False)
    for folder in [room, *(guest for guest, home in HOME_OF.items() if home == room)]:
        for path in sorted((ROOT / folder).rglob("*")):
            if "migrations" in path.parts or "static" in path.parts or not path.is_file():
                continue
            found: Iterator[Found] = iter(())
            if path.suffix == ".py":
                found = in_python(path)
            elif path.suffix in TEMPLATES and "templates" in path.parts:
                found = in_template(path)
            elif path.suffix == ".typ":
                found = in_typst(path)
            for message, context in found:
                if message:
                    wanted.add(message, context=context)
    return wanted


def po_path(room: str, language: str) -> Path:
    return ROOT / room / "locale" / language / "LC_MESSAGES" / "django.po"


def known(room: str, language: str) -> Catalog:
    """The room's catalogue as it stands; of two sides of a conflict, the one that has words counts."""
    path = po_path(room, language)
    if not path.exists():
        return Catalog(locale=language)
    text = path.read_text("utf-8")
    catalog, other = (
        read_po(io.BytesIO(side.encode()), locale=language, abort_invalid=True)
        for side in (THEIRS.sub("", text), OURS.sub("", text))
    )
    for message in other:
        if message.id and not done(catalog.get(message.id, message.context)):
            catalog.delete(message.id, message.context)
            catalog.add(message.id, message.string, context=message.context, flags=message.flags)
    return catalog


def done(message: Message | None) -> bool:
    """Whether the message has all its words."""
    if message is None or message.fuzzy:
        return False
    strings = message.string if isinstance(message.string, (tuple, list)) else [message.string]
    return bool(strings) and all(strings)


def merged(wanted: Catalog, have: Catalog, memory: dict, language: str) -> Catalog:
    """The wanted messages with the words that are known for them."""
    result = Catalog(locale=language, charset="utf-8", header_comment="", fuzzy=False)
    for message in wanted:
        if not message.id:
            continue
        old = have.get(message.id, message.context)
        words = (
            old.string
            if old is not None and any(old.string or ())
            else memory.get((message.id, message.context))
        )
        flags = {"fuzzy"} if old is not None and old.fuzzy else set()
        result.add(message.id, words, context=message.context, flags=flags)
    return result


def written(catalog: Catalog) -> str:
    target = io.BytesIO()
    write_po(target, catalog, no_location=True, sort_output=True, width=100)
    return NO_DATES.sub("", target.getvalue().decode()).lstrip("# \n")


def complaints(room: str, wanted: Catalog, have: Catalog, translations: dict) -> Iterator[str]:
    for message in wanted:
        if not message.id:
            continue
        old, name = have.get(message.id, message.context), message.id
        if old is None:
            yield f"{room}: missing: {name!r}"
        elif not done(old):
            yield f"{room}: {'fuzzy' if old.fuzzy else 'not translated'}: {name!r}"
        else:
            for problem in old.check(have):
                yield f"{room}: {problem}: {name!r}"
            first_room, words = translations.setdefault((message.id, message.context), (room, old.string))
            if words != old.string:
                yield f"{room}: {name!r} is translated otherwise in {first_room}; Django shows one of the two"


def compile_room(room: str, language: str) -> None:
    catalog = known(room, language)
    if catalog:
        with po_path(room, language).with_suffix(".mo").open("wb") as target:
            write_mo(target, catalog)


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    choice = parser.add_mutually_exclusive_group()
    choice.add_argument("--compile", action="store_true", help="only compile")
    choice.add_argument("--check", action="store_true", help="only list what is missing")
    options = parser.parse_args(arguments)
    if not settings.configured:
        settings.configure(USE_I18N=True)
    problems: list[str] = []
    for language in LANGUAGES:
        catalogues = {room: known(room, language) for room in rooms()}
        memory = {(m.id, m.context): m.string for c in catalogues.values() for m in c if m.id and done(m)}
        translations: dict = {}
        for room, have in catalogues.items():
            if not options.compile:
                wanted = extracted(room)
                result = merged(wanted, have, memory, language)
                path = po_path(room, language)
                if options.check:
                    problems += complaints(room, wanted, have, translations)
                elif result or path.exists():
                    path.parent.mkdir(parents=True, exist_ok=True)
                    path.write_text(written(result), "utf-8")
                    problems += complaints(room, result, result, translations)
            if not options.check:
                compile_room(room, language)
    for problem in problems:
        print(problem, file=sys.stderr if options.check else sys.stdout)
    if problems:
        print(f"{len(problems)} messages want a translator.")
    return 1 if problems and options.check else 0


if __name__ == "__main__":
    sys.exit(main())
