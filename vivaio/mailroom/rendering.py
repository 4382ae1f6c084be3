"""From a template to a letter: subject, plain text and HTML, all from one Markdown source.

What a person typed is escaped for Markdown (a title cannot become a link), then the Markdown is read once
and written twice. HTML carries its styles inline, because mail programs drop style sheets.
"""

import functools
import re
import textwrap
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.template import Context, Template, TemplateDoesNotExist
from django.template.base import VariableNode
from django.template.loader import get_template, render_to_string
from django.utils import translation
from django.utils.formats import localize
from django.utils.safestring import SafeData, SafeString, mark_safe
from django.utils.timezone import template_localtime  # type: ignore[attr-defined]
from markdown_it import MarkdownIt
from markdown_it.token import Token

from vivaio.mailroom.lines import WIDTH
from vivaio.mailroom.models import without_link

MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table")
SPECIAL = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>~&=:])")
SPACE = re.compile(r"[\s\x00-\x1f\x7f]+")

INK, GREEN, LINE = "#1d2722", "#1f6646", "#ddd5c5"
STYLES = {
    "p": "margin:0 0 16px;",
    "h1": f"margin:0 0 16px;font:700 24px/1.25 Georgia,serif;color:{INK};",
    "h2": f"margin:24px 0 8px;font:700 20px/1.3 Georgia,serif;color:{INK};",
    "h3": "margin:16px 0 8px;font-size:17px;",
    "a": f"color:{GREEN};",
    "ul": "margin:0 0 16px;padding-left:24px;",
    "ol": "margin:0 0 16px;padding-left:24px;",
    "li": "margin:0 0 4px;",
    "blockquote": f"margin:0 0 16px;padding-left:16px;border-left:3px solid {LINE};",
    "table": "border-collapse:collapse;margin:0 0 16px;",
    "th": f"vertical-align:top;text-align:left;padding:6px 12px 6px 0;border-bottom:1px solid {LINE};",
    "td": "vertical-align:top;padding:6px 12px 6px 0;overflow-wrap:anywhere;word-break:break-word;"
    f"border-bottom:1px solid {LINE};",
    "hr": f"border:0;border-top:1px solid {LINE};margin:24px 0;",
}
BUTTON = (
    f"display:inline-block;padding:12px 24px;border-radius:4px;background:{GREEN};color:#ffffff;"
    "font-weight:600;text-decoration:none;"
)


@dataclass(frozen=True)
class Written:
    """A letter ready to be sent. `secret` is the personal link that its words leave room for.

    `source` is its body in Markdown, which a digest gathers.
    """

    language: str
    subject: str
    text: str
    html: str
    secret: str = ""
    source: str = ""

    @property
    def text_shown(self) -> str:
        """The text as somebody else than the recipient may read it."""
        return without_link(self.text)


@dataclass(frozen=True)
class Foot:
    """What stands under a letter that is a person's choice: its category, where all is chosen, how it stops."""

    category: Any
    choose: str
    stop: str


def write(
    name: str, language: str, context: dict[str, Any], foot: Callable[[], Foot] | None = None
) -> Written:
    """Write the letter `room.name` in `language`, or in the closest one it is written in.

    Raises `TemplateDoesNotExist` when the letter is written in no language at all.
    """
    language, subject, body = template_of(name, language)
    with translation.override(language):
        shared = Context({"base_url": settings.BASE_URL, **context}, autoescape=False)
        return compose(language, subject.render(shared), body.render(shared), foot)


def compose(language: str, subject: str, source: str, foot: Callable[[], Foot] | None = None) -> Written:
    """Subject, text and HTML from two texts in Markdown, the values already in them."""
    with translation.override(language):
        title = one_line(_plain_inline(MARKDOWN.parseInline(subject)[0]))
        tokens = MARKDOWN.parse(source)
        around = {"language": language, "base_url": settings.BASE_URL, "foot": foot() if foot else None}
        text = _plain(tokens) + render_to_string("mailroom/foot.txt", around)
        html = render_to_string("mailroom/layout.html", around | {"subject": title, "body": _html(tokens)})
    return Written(language, title[:300], text, html, source=source)


def one_line(text: str) -> str:
    """No line break survives, so that nothing typed can add a header."""
    return SPACE.sub(" ", text).strip()


def languages_for(wanted: str) -> list[str]:
    """The languages in which to look for a letter, the wanted one first."""
    first = [wanted.lower(), wanted.lower().split("-")[0], settings.LANGUAGE_CODE, "en"]
    every = dict.fromkeys([*first, *(code for code, _label in settings.LANGUAGES)])
    return [language for language in every if language]


@functools.cache
def template_of(name: str, wanted: str) -> tuple[str, Template, Template]:
    """Language, subject and body of the house's letter in `wanted`, or in the closest language it is written in."""
    room, _, letter = name.partition(".")
    for language in languages_for(wanted):
        try:
            source = get_template(f"{room}/letters/{letter}.{language}.md").template.source  # type: ignore[attr-defined]
        except TemplateDoesNotExist:
            continue
        head, _, body = source.partition("\n")
        if not head.startswith("Subject:"):
            raise ValueError(f"The first line of {room}/letters/{letter}.{language}.md must be “Subject: …”.")
        return language, _escaping(head.removeprefix("Subject:").strip()), _escaping(body)
    raise TemplateDoesNotExist(f"{room}/letters/{letter}.*.md")


def _escaping(source: str) -> Template:
    """A template whose every `{{ variable }}` is escaped for Markdown unless marked safe."""
    template = Template(source)
    for node in template.nodelist.get_nodes_by_type(VariableNode):
        node.filter_expression.filters.append((escape_markdown, []))  # type: ignore[attr-defined]
    return template


def escape_markdown(value: Any) -> str:
    """The value as text, with nothing left in it that Markdown or a mail header would act upon."""
    if isinstance(value, SafeData):
        return str(value)
    text = str(localize(template_localtime(value)))
    lines = (SPACE.sub(" ", line).strip() for line in text.splitlines())
    return mark_safe("\n".join(SPECIAL.sub(r"\\\1", line) for line in lines))


def _html(tokens: list[Token]) -> SafeString:
    for index, token in enumerate(tokens):
        _style(token)
        if token.type == "inline":
            button = _lone_link(token) and tokens[index - 1].type == "paragraph_open"
            for child in token.children or []:
                _style(child)
                if button and child.type == "link_open":
                    child.attrSet("style", BUTTON)
    html: str = MARKDOWN.renderer.render(tokens, MARKDOWN.options, {})
    return mark_safe(html)


def _style(token: Token) -> None:
    if token.nesting >= 0 and token.tag in STYLES:
        token.attrSet("style", STYLES[token.tag])


def _lone_link(token: Token) -> bool:
    children = token.children or []
    return (
        len(children) >= 3
        and children[0].type == "link_open"
        and [c.type for c in children].count("link_close") == 1
        and children[-1].type == "link_close"
    )


def _plain(tokens: list[Token]) -> str:
    """The text version: paragraphs, lists with a dash or a number, links written out."""
    blocks: list[str] = []
    marks: list[str] = []
    numbers: list[int | None] = []
    row: list[str] = []
    before = ""
    for token in tokens:
        match token.type:
            case "bullet_list_open":
                numbers.append(None)
            case "ordered_list_open":
                numbers.append(int(token.attrGet("start") or 1))
            case "bullet_list_close" | "ordered_list_close":
                numbers.pop()
                blocks.append("")
            case "list_item_open":
                mark = "- "
                if (number := numbers[-1]) is not None:
                    mark, numbers[-1] = f"{number}. ", number + 1
                marks.append("  " * (len(numbers) - 1) + mark)
            case "list_item_close":
                if marks:
                    marks.pop()
            case "tr_open":
                row = []
            case "tr_close" if any(row):
                blocks.append(": ".join(row))
            case "table_close":
                blocks.append("")
            case "inline" if before in ("td_open", "th_open"):
                row.append(_plain_inline(token))
            case "inline":
                blocks.append(_filled(_plain_inline(token), marks))
                if marks:
                    marks[-1] = " " * len(marks[-1])
                else:
                    blocks.append("")
            case "hr":
                blocks += ["-" * 20, ""]
            case "fence" | "code_block":
                blocks += [token.content.rstrip(), ""]
        before = token.type
    return re.sub(r"\n{3,}", "\n\n", "\n".join(blocks)).strip() + "\n"


def _filled(text: str, marks: list[str]) -> str:
    lead = marks[-1] if marks else ""
    lines = []
    for line in text.split("\n"):
        lines += textwrap.wrap(
            line,
            WIDTH,
            initial_indent=lead,
            subsequent_indent=" " * len(lead),
            break_long_words=False,
            break_on_hyphens=False,
        ) or [""]
        lead = " " * len(lead)
    return "\n".join(lines)


def _plain_inline(token: Token) -> str:
    out: list[str] = []
    links: list[tuple[str, int]] = []
    for child in token.children or []:
        match child.type:
            case "text" | "code_inline" | "text_special":
                out.append(child.content)
            case "softbreak" | "hardbreak":
                out.append("\n")
            case "link_open":
                links.append((str(child.attrGet("href") or ""), len(out)))
            case "link_close":
                href, start = links.pop()
                words = "".join(out[start:])
                address = href.removeprefix("mailto:")
                if words != address:
                    out.append(f":\n{address}" if len(words) + len(address) > WIDTH else f": {address}")
    return "".join(out)
