"""Markdown as blocks and spans of data, which the template draws: nothing typed ever becomes markup there."""

import unicodedata
from typing import Any

from django.conf import settings
from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode

from vivaio.kit.markdown import PARSER, is_local, shift_headings

Block = dict[str, Any]
STYLES = {"strong": "strong", "em": "emph", "s": "strike"}


def blocks(text: str | None, *, top: int = 2) -> list[Block]:
    """The blocks of a Markdown text; its highest heading takes the level `top` (1 is the document's title)."""
    tokens = _without_empty_headings(PARSER.parse(text or ""))
    shift_headings(tokens, top)
    return _blocks(SyntaxTreeNode(tokens))


def says_something(text: str) -> bool:
    """Whether there is anything to see in the text."""
    return any(unicodedata.category(sign)[0] not in "CZ" for sign in text)


def _without_empty_headings(tokens: list[Token]) -> list[Token]:
    """PDF/UA refuses a heading without words."""
    empty = {
        n + step
        for n, token in enumerate(tokens)
        if token.type == "heading_open"
        and not any(says_something(part.content) for part in tokens[n + 1].children or ())
        for step in (0, 1, 2)
    }
    return [token for n, token in enumerate(tokens) if n not in empty]


def _blocks(node: SyntaxTreeNode) -> list[Block]:
    return [_block(child) for child in node.children]


def _block(node: SyntaxTreeNode) -> Block:
    match node.type:
        case "heading":
            return {"kind": "heading", "level": int(node.tag[1]), "spans": _spans(node)}
        case "paragraph":
            return {"kind": "paragraph", "spans": _spans(node)}
        case "bullet_list" | "ordered_list":
            return {
                "kind": "list",
                "ordered": node.type == "ordered_list",
                "start": int(node.attrs.get("start", 1)),
                "items": [_blocks(item) for item in node.children],
            }
        case "blockquote":
            return {"kind": "quote", "blocks": _blocks(node)}
        case "fence" | "code_block":
            return {"kind": "code", "text": node.content.rstrip("\n")}
        case "table":
            rows = [row for part in node.children for row in part.children]
            cells = [[_spans(cell) for cell in row.children] for row in rows]
            align = [
                str(cell.attrs.get("style", "")).removeprefix("text-align:") for cell in rows[0].children
            ]
            return {
                "kind": "table",
                "align": [a or "left" for a in align],
                "head": cells[0],
                "rows": cells[1:],
            }
        case "hr":
            return {"kind": "rule"}
    return {"kind": "paragraph", "spans": [{"text": node.content}]}


def _spans(node: SyntaxTreeNode) -> list[Block]:
    return [span for inline in node.children for child in inline.children for span in _span(child, {})]


def _span(node: SyntaxTreeNode, style: dict[str, Any]) -> list[Block]:
    if node.type == "hardbreak":
        return [{"break": True}]
    if node.type == "softbreak":
        return [{"text": " ", **style}]
    if node.type == "code_inline":
        return [{"text": node.content, "code": True, **style}]
    if node.type in STYLES:
        style = {**style, STYLES[node.type]: True}
    elif node.type == "link":
        address = str(node.attrs.get("href", ""))
        if is_local(address):
            address = settings.BASE_URL + address
        if address.startswith(("https://", "http://", "mailto:")):
            style = {**style, "link": address}
    elif not node.children:
        return [{"text": node.content, **style}] if node.content else []
    return [span for child in node.children for span in _span(child, style)]
