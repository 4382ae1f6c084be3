"""What people write in Markdown, as safe HTML and as plain text.

Raw HTML is shown as typed, never run. Headings start below the page's own (h3 unless told otherwise) and
skip no level, whatever the author used. Images load from this installation only; a foreign one becomes
its alternative text.
"""

from functools import lru_cache

import nh3
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode

PARSER = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
TAGS = {
    *("p", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "blockquote", "pre", "code", "hr", "br"),
    *("em", "strong", "s", "a", "img", "table", "thead", "tbody", "tr", "th", "td", "div"),
}
ATTRIBUTES = {"a": {"href", "title"}, "img": {"src", "alt", "title"}, "ol": {"start"}, "th": {"scope"}}
ATTRIBUTES["div"] = {"role", "tabindex", "aria-label"}
ALIGNED = {"text-end", "text-center"}
CLASSES = {"th": ALIGNED, "td": ALIGNED, "table": {"table"}, "div": {"vv-table-frame"}}
SCHEMES = {"http", "https", "mailto", "tel"}


def render(text: str | None, *, top: int = 3) -> SafeString:
    """The HTML of a Markdown text; its highest heading becomes `h<top>` (2 to 6)."""
    if not text or not text.strip():
        return mark_safe("")
    return _rendered(text, top, get_language())


@lru_cache(maxsize=1024)
def _rendered(text: str, top: int, language: str | None) -> SafeString:
    tokens = PARSER.parse(text)
    shift_headings(tokens, top)
    framed = []
    for token in tokens:
        framed += _framed(token)
        align = str(token.attrs.pop("style", "")).removeprefix("text-align:")
        if align in ("right", "center"):
            token.attrs["class"] = "text-end" if align == "right" else "text-center"
        token.children = [_local(child) for child in token.children or ()]
    return mark_safe(
        nh3.clean(
            PARSER.renderer.render(framed, PARSER.options, {}),
            tags=TAGS,
            attributes=ATTRIBUTES,
            allowed_classes=CLASSES,
            url_schemes=SCHEMES,
            link_rel="nofollow noopener",
        )
    )


def _framed(token: Token) -> list[Token]:
    """A table scrolls sideways inside a named region that the keyboard reaches; its heads name columns."""
    if token.type == "table_open":
        attributes = {"class": "vv-table-frame", "role": "region", "tabindex": "0", "aria-label": _("Table")}
        token.attrs["class"] = "table vv-table"
        return [Token("region_open", "div", 1, attrs=dict(attributes), block=True), token]
    if token.type == "th_open":
        token.attrs["scope"] = "col"
    return [token, Token("region_close", "div", -1, block=True)] if token.type == "table_close" else [token]


def plain(text: str | None) -> str:
    """The text without its marks: for letters without HTML, summaries, exports. Links keep their address."""
    tree = SyntaxTreeNode(PARSER.parse(text or ""))
    return "\n\n".join(part for part in (_plain_block(node, "") for node in tree.children) if part)


def shift_headings(tokens: list[Token], top: int) -> None:
    """Let the highest heading be `h<top>`, and none be more than one step below the one before."""
    headings = [t for t in tokens if t.type in ("heading_open", "heading_close")]
    highest = min((int(t.tag[1]) for t in headings), default=1)
    before = top - 1
    for token in headings:
        if token.type == "heading_open":
            before = min(top + int(token.tag[1]) - highest, before + 1, 6)
        token.tag = f"h{before}"


def is_local(address: str) -> bool:
    """Whether the address is a path of this installation."""
    return address.startswith("/") and not address.startswith(("//", "/\\"))


def _local(token: Token) -> Token:
    if token.type != "image" or is_local(str(token.attrs.get("src", ""))):
        return token
    return Token("text", "", 0, content=token.content)


def _plain_block(node: SyntaxTreeNode, indent: str) -> str:
    if node.type in ("fence", "code_block"):
        return "\n".join(indent + line for line in node.content.rstrip("\n").split("\n"))
    if node.type in ("bullet_list", "ordered_list"):
        first = int(node.attrs.get("start", 1))
        marks = ("-" if node.type == "bullet_list" else f"{first + i}." for i in range(len(node.children)))
        items = zip(marks, node.children, strict=True)
        return "\n".join(
            f"{indent}{mark} " + _plain_blocks(item, indent + " " * (len(mark) + 1)).lstrip()
            for mark, item in items
        )
    if node.type == "blockquote":
        return "\n".join(f"{indent}> {line}" for line in _plain_blocks(node, "").split("\n"))
    if node.type == "table":
        rows = [row for part in node.children for row in part.children]
        return "\n".join(
            indent + " | ".join(_plain_blocks(cell, "") for cell in row.children) for row in rows
        )
    if node.type == "hr":
        return ""
    if node.type == "inline":
        return indent + _plain_inline(node).replace("\n", "\n" + indent)
    return _plain_blocks(node, indent)


def _plain_blocks(node: SyntaxTreeNode, indent: str) -> str:
    return "\n".join(part for part in (_plain_block(child, indent) for child in node.children) if part)


def _plain_inline(node: SyntaxTreeNode) -> str:
    if node.type in ("softbreak", "hardbreak"):
        return "\n"
    if not node.children:
        return node.content
    words = "".join(_plain_inline(child) for child in node.children)
    if node.type == "link":
        address = str(node.attrs.get("href", ""))
        return words if address.removeprefix("mailto:") == words else f"{words} ({address})"
    return words
