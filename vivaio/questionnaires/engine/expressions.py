"""Expressions of an XLSForm (`relevant`, `constraint`, `calculation`, ...), parsed and evaluated by elementpath.

References (`${name}`, `../name`, `/data/page/name`) become variables before parsing, so that an expression can reach
answers and nothing else. What could take long is refused when the form is read.
"""

import decimal
import re
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import re2
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from elementpath import ElementPathError, XPath1Parser, XPathContext

from vivaio.questionnaires.engine.functions import FUNCTIONS, NAMED, Scope, regex_options
from vivaio.questionnaires.engine.numbers import OFFICIAL
from vivaio.questionnaires.engine.values import ARITHMETIC, arithmetic, compare, truth

LONGEST_SOURCE = 2_000
DEEPEST = 40
MOST_TOKENS = 400
COSTLY = 12  # what looking at an official number costs, in steps of other work
PREFIX = "q_"
OPERATORS = ("or", "and", "=", "!=", "<", ">", "<=", ">=", "+", "-", "*", "div", "mod")
COMPARISONS = ("=", "!=", "<", ">", "<=", ">=")
LEAVES = ("(integer)", "(decimal)", "(float)", "(string)", ".", "$", "(name)", "(")
COLUMN = "c_"
_NAME = r"[A-Za-z_][\w.\-]*"
REFERENCE = re.compile(rf"\$\{{\s*({_NAME})\s*\}}")
_WRITTEN = re.compile(
    rf"""'[^']*'|"[^"]*"|\.\.(?:/\.\.)*(?=\s*\))|\$\{{\s*(?P<name>{_NAME})\s*\}}"""
    rf"""|(?:/|\.\./)(?:(?:\.\.|{_NAME})/)*{_NAME}(?![\w.\-]*\s*\()|(?P<call>(?<![\w.\-:@$/])(?:jr:)?{_NAME}(?=\s*\())"""
    rf"""|(?P<word>(?<![\w.\-:@$/]){_NAME}(?!\s*[(:]))"""
)
"""Texts in quotes, `..` as the argument of `position`, `${name}`, paths, functions that are called, bare words."""


UNTAKEN = {
    **dict.fromkeys(
        ("uuid", "random", "randomize"),
        _lazy(
            "“%(name)s” gives another value each time, and the same answers must stay the same; take it out"
        ),
    ),
    **dict.fromkeys(
        ("pulldata", "instance", "digest", "version", "property"),
        _lazy("“%(name)s” reads from outside the answers; ask for what you need, or write it as a choice"),
    ),
    **dict.fromkeys(
        ("area", "distance", "geofence"), _lazy("“%(name)s” needs places on a map, which are not asked")
    ),
}


class BadExpression(ValueError):
    """An expression that is not taken; the message says why, and what to write instead."""


class Parser(XPath1Parser):
    """XPath 1.0 with the operators of ODK, and only its functions."""


def _operator(symbol: str) -> None:
    def evaluate(self: Any, context: Any = None) -> Any:
        if context is None:
            raise self.missing_context()
        if symbol == "or":
            return truth(self[0].evaluate(context)) or truth(self[1].evaluate(context))
        if symbol == "and":
            return truth(self[0].evaluate(context)) and truth(self[1].evaluate(context))
        if len(self) == 1:
            return arithmetic(symbol, decimal.Decimal(0), self[0].evaluate(context))
        left, right = self[0].evaluate(context), self[1].evaluate(context)
        return (compare if symbol in COMPARISONS else arithmetic)(symbol, left, right)

    # A class of its own: elementpath shares token classes between parsers, and other users keep theirs.
    usual = Parser.symbol_table[symbol]
    Parser.symbol_table[symbol] = type(f"Odk{usual.__name__}", (usual,), {"evaluate": evaluate})


def _function(name: str, least: int, most: int | None, call: Any) -> None:
    def evaluate(self: Any, context: Any = None) -> Any:
        if context is None:
            raise self.missing_context()
        named = NAMED.get(name, ())
        args = [
            (lambda arg=arg: str(arg.value).removeprefix(PREFIX))
            if at in named
            else lambda arg=arg: arg.evaluate(context)
            for at, arg in enumerate(self)
        ]
        return call(context.scope, args)

    usual = Parser.function(name, nargs=least if least == most else (least, most))
    Parser.symbol_table[name] = type(f"Odk{usual.__name__}", (usual,), {"evaluate": evaluate})


def _build() -> None:
    for symbol, token in list(Parser.symbol_table.items()):
        if any(word in str(token.label) for word in ("function", "axis", "kind test", "attribute")):
            Parser.unregister(symbol)
    for symbol in OPERATORS:
        _operator(symbol)
    for name, (least, most, call) in FUNCTIONS.items():
        _function(name, least, most, call)
    Parser.build()


_build()


@dataclass(frozen=True)
class Expression:
    """A parsed expression, the names it looks at, and how much work it is."""

    source: str
    token: Any
    variables: frozenset[str]
    size: int

    @property
    def names(self) -> frozenset[str]:
        """The questions it looks at."""
        return frozenset(name[len(PREFIX) :] for name in self.variables if name.startswith(PREFIX))

    def evaluate(self, scope: Scope, variables: Mapping[str, Any], item: Any = "") -> Any:
        """The value for these answers. What cannot be evaluated is empty: a page is never refused for it."""
        context = XPathContext(item="")
        context.scope = scope
        context.variables = {name: variables.get(name.removeprefix(PREFIX), "") for name in self.variables}
        context.item = item
        try:
            with decimal.localcontext(ARITHMETIC):
                return self.token.evaluate(context)
        except (ElementPathError, ArithmeticError, ValueError, TypeError):
            return ""


def parse(source: str, names: Container[str], columns: Container[str] = ()) -> Expression:
    """Read an expression that may look at `names`; in a `choice_filter` also, as bare words, at `columns`.

    Raises `BadExpression` with what to write instead.
    """
    source = source.strip()
    if len(source) > LONGEST_SOURCE:
        raise BadExpression(
            _("is longer than %(most)s characters; split it with a calculate") % {"most": LONGEST_SOURCE}
        )
    if _depth(source) > DEEPEST:
        raise BadExpression(_("has too many brackets inside each other; split it with a calculate"))
    written = _with_variables(source, names, columns)
    try:
        token = Parser(strict=True).parse(written)
    except (ElementPathError, SyntaxError, ValueError, TypeError, ArithmeticError, RecursionError) as error:
        words = _("cannot be read (%(why)s); write ${name} for a question, and div to divide")
        raise BadExpression(words % {"why": _why(error)}) from None
    tokens = list(_checked(token))
    for each in tokens:
        if each.symbol == "choice-name" and not _names_a_question(each[1], names):
            raise BadExpression(_("jr:choice-name ends with the question in quotes: '${name}'"))
    found = frozenset(str(each.value) for each in tokens if each.symbol == "$")
    if not all(name.startswith((PREFIX, COLUMN)) for name in found):
        raise BadExpression(_("“$name” is not supported: write ${name}"))
    costly = sum(each.symbol in OFFICIAL for each in tokens)
    return Expression(source, token, found, len(tokens) + COSTLY * costly)


def _names_a_question(token: Any, names: Container[str]) -> bool:
    """Turns `'${name}'` into the name alone."""
    found = REFERENCE.fullmatch(str(token.value).strip()) if token.symbol == "(string)" else None
    if found is None or found[1] not in names:
        return False
    token.value = found[1]
    return True


def references(source: str) -> list[str]:
    """The names that a text with `${name}` speaks of."""
    return REFERENCE.findall(source)


def with_names(text: str, names: Mapping[str, str]) -> str:
    """A text in which every `${old}` of `names` says `${new}`."""
    return REFERENCE.sub(
        lambda found: "${" + names[found[1]] + "}" if found[1] in names else found.group(), text
    )


def without_names(text: str, names: Container[str], instead: str) -> str:
    """A text in which `instead` stands for every `${name}` of `names`."""
    return REFERENCE.sub(lambda found: instead if found[1] in names else found.group(), text)


def renamed(source: str, names: Mapping[str, str]) -> str:
    """The expression with other names for some questions, however it speaks of them; other texts in quotes stay."""

    def put(found: re.Match[str]) -> str:
        written = found.group()
        if found["name"] or written[0] in "'\"":
            return with_names(written, names)
        way, slash, name = written.rpartition("/")
        return f"{way}/{names.get(name, name)}" if slash else written

    return _WRITTEN.sub(put, source)


def _with_variables(source: str, names: Container[str], columns: Container[str]) -> str:
    """The expression with every reference as an XPath variable; texts in quotes stay as they are."""

    def variable(found: re.Match[str]) -> str:
        written = found.group()
        if written[0] in "'\"":
            return written
        if written.startswith("..") and not found["name"] and written[-1] == ".":
            return str(written.count("/") + 1)
        if found["call"]:
            return _called(written)
        if found["word"]:
            return f"${COLUMN}{written} " if written in columns else written
        name = found["name"] or written.rpartition("/")[2]
        if name not in names:
            raise BadExpression(_("there is no question called “%(name)s”") % {"name": name})
        return f"${PREFIX}{name} "

    return _WRITTEN.sub(variable, source)


def _called(written: str) -> str:
    """The function as the parser knows it."""
    name = written.removeprefix("jr:")
    if name in FUNCTIONS or written in ("and", "or", "div", "mod"):
        return name
    words = UNTAKEN.get(name) or _("the function “%(name)s” is not supported")
    raise BadExpression(words % {"name": written[:40]})


def _depth(source: str) -> int:
    depth = deepest = 0
    for sign in source:
        depth += (sign in "([") - (sign in ")]")
        deepest = max(deepest, depth)
    return deepest


def _checked(root: Any) -> Iterator[Any]:
    """Every token of the tree, if all may stand in a form."""
    stack, count = [(root, 1)], 0
    while stack:
        token, depth = stack.pop()
        count += 1
        if depth > DEEPEST or count > MOST_TOKENS:
            raise BadExpression(_("is too long; split it with a calculate"))
        if token.symbol == "$":
            yield token
            continue
        _allow(token)
        yield token
        stack.extend((child, depth + 1) for child in token)


def _allow(token: Any) -> None:
    symbol = token.symbol
    if symbol == "(name)":
        raise BadExpression(
            _("“%(name)s” is not known: write ${%(name)s} for a question, or '%(name)s' for a text")
            % {"name": token.value}
        )
    if symbol == "*" and len(token) != 2:
        raise BadExpression(_("“*” cannot stand for any question: name each with ${name}"))
    if symbol in ("/", "//", "[", "..", "|", "@"):
        raise BadExpression(
            _("“%(symbol)s” is not supported: write ${name} for a question, and div to divide")
            % {"symbol": symbol}
        )
    if symbol not in LEAVES and symbol not in OPERATORS and symbol not in FUNCTIONS:
        raise BadExpression(_("“%(symbol)s” is not supported") % {"symbol": symbol})
    named = NAMED.get(symbol, ())
    if any(token[at].symbol != "$" for at in named if at < len(token)) or (named and len(token) % 2 == 0):
        raise BadExpression(
            _("write indexed-repeat(${column}, ${table}, row): the column, then each table with its row")
        )
    if symbol == "regex" and token[1].symbol == "(string)":
        _check_pattern(token[1].value)


def _check_pattern(pattern: str) -> None:
    try:
        re2.compile(pattern, options=regex_options())
    except re2.error as error:
        reason = error.args[0] if error.args else ""
        reason = reason.decode(errors="replace") if isinstance(reason, bytes) else str(reason)
        raise BadExpression(_("holds a pattern that cannot be read: %(why)s") % {"why": reason}) from None


def _why(error: Exception) -> str:
    message = str(getattr(error, "message", "") or error)
    return re.sub(r"^\[?err:\w+\]?\s*", "", message).replace(f"${PREFIX}", "$").replace(PREFIX, "")[:200]
