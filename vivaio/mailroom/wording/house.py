"""The house's words as somebody may begin to change them: its template, in named fields alone."""

from typing import Any

from django.template.base import NodeList, TextNode, VariableNode
from django.template.defaulttags import IfNode

from vivaio.mailroom.rendering import template_of
from vivaio.mailroom.wording.fields import mark


def house_words(name: str, language: str) -> tuple[str, str, str]:
    """Language, subject and body of the house's letter, the case that is the rule where it knows several.

    Raises `TemplateDoesNotExist` where it is written in no language, `ValueError` where it repeats something.
    """
    found, subject, body = template_of(name, language)
    return found, _flat(subject.nodelist).strip(), _flat(body.nodelist).strip() + "\n"


def _flat(nodes: NodeList) -> str:
    return "".join(_said(node) for node in nodes)


def _said(node: Any) -> str:
    if isinstance(node, TextNode):
        return node.s
    if isinstance(node, VariableNode):
        return mark(str(node.filter_expression.var))
    if isinstance(node, IfNode):
        # “One” is told apart from “many” by a comparison: the rule is the other branch.
        first = node.conditions_nodelists[0]
        compares = getattr(first[0], "id", "") == "=="
        chosen = node.conditions_nodelists[-1] if compares else first
        return _flat(chosen[1])
    raise ValueError(f"{node!r} cannot be told in fields.")
