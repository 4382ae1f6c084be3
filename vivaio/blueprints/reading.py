"""Read a blueprint file into plain data that remembers its line numbers.

The YAML is read by PyYAML's safe composer, with three restrictions: no aliases (a few of them can unfold
into gigabytes), no duplicate keys, no dates other than text (so that the file is also valid as JSON).
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml
from django.utils.translation import gettext as _

LIMIT = 2 * 1024 * 1024
DEPTH = 40


@dataclass(frozen=True)
class Problem:
    """What is wrong, where. `line` and `column` count from 1."""

    line: int
    message: str
    path: str = ""

    def __str__(self) -> str:
        return _("line %(line)s: %(message)s") % {"line": self.line, "message": self.message}


class Unreadable(Exception):
    """The file cannot be used; `problems` says why, line by line."""

    def __init__(self, problems: list[Problem]):
        super().__init__("; ".join(str(problem) for problem in problems))
        self.problems = problems


@dataclass
class Document:
    """A blueprint as plain data, and the line of every value by its path."""

    data: Any
    lines: dict[tuple[Any, ...], int] = field(default_factory=dict)

    def line(self, path: tuple[Any, ...]) -> int:
        """The line of the value at `path`, or of what stands closest around it."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


class Loader(yaml.SafeLoader):
    """Safe YAML whose timestamps stay text."""


Loader.yaml_implicit_resolvers = {
    sign: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for sign, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def read(content: bytes) -> Document:
    """Read the file. Raises `Unreadable` with the lines that cannot be taken."""
    if len(content) > LIMIT:
        raise Unreadable([Problem(1, _("the file is larger than 2 MB"))])
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise Unreadable([Problem(line, _("the file is not UTF-8 text; save it as UTF-8"))]) from None
    try:
        refuse_aliases(text)
        node = yaml.compose(text, Loader=Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise Unreadable(
            [Problem((mark.line if mark else 0) + 1, error.problem or _("not valid YAML"))]
        ) from None
    except yaml.YAMLError as error:
        raise Unreadable([Problem(1, str(error))]) from None
    if node is None:
        raise Unreadable([Problem(1, _("the file is empty"))])
    return build(node)


def unkeepable(text: str) -> bool:
    """Whether the text holds a NUL or half a character, which no database keeps."""
    return any(sign == "\0" or "\ud800" <= sign <= "\udfff" for sign in text)


def no_place_for(text: str) -> str:
    """What is said of such a text; its beginning is shown, mended."""
    beginning = text[:60].encode("utf-8", "replace").decode("utf-8").replace("\0", "?")
    return _("“%(text)s” holds a sign that cannot be kept: write it again without it") % {"text": beginning}


def refuse_aliases(text: str) -> None:
    """Raise `Unreadable` at the first alias or at nesting deeper than any real blueprint."""
    depth = 0
    for event in yaml.parse(text, Loader=Loader):
        if isinstance(event, yaml.AliasEvent):
            raise Unreadable(
                [Problem(event.start_mark.line + 1, _("aliases (*name) are not taken; repeat the text"))]
            )
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > DEPTH:
                raise Unreadable([Problem(event.start_mark.line + 1, _("nested too deeply"))])
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1


def build(root: yaml.Node) -> Document:
    """Plain data with lines. Raises `Unreadable` for duplicate keys and keys that are not text."""
    document = Document(None)
    problems: list[Problem] = []
    constructor = Loader("")

    def value_of(node: yaml.Node, path: tuple[Any, ...]) -> Any:
        document.lines[path] = node.start_mark.line + 1
        if isinstance(node, yaml.SequenceNode):
            return [value_of(item, (*path, position)) for position, item in enumerate(node.value)]
        if isinstance(node, yaml.MappingNode):
            return dict(pairs_of(node, path))
        if unkeepable(node.value):
            problems.append(Problem(node.start_mark.line + 1, no_place_for(node.value)))
            return None
        try:
            return constructor.construct_object(node)
        except (ValueError, yaml.YAMLError):
            problems.append(Problem(node.start_mark.line + 1, _("“%s” cannot be read") % node.value[:60]))
            return None

    def pairs_of(node: yaml.MappingNode, path: tuple[Any, ...]) -> Iterator[tuple[str, Any]]:
        seen = set()
        for key_node, value_node in node.value:
            line = key_node.start_mark.line + 1
            key = key_node.value if isinstance(key_node, yaml.ScalarNode) else None
            if not isinstance(key, str):
                problems.append(Problem(line, _("a key must be a word")))
                continue
            if unkeepable(key):
                problems.append(Problem(line, no_place_for(key)))
                continue
            if key in seen:
                problems.append(Problem(line, _("“%s” stands here twice") % key))
                continue
            seen.add(key)
            yield key, value_of(value_node, (*path, key))
            document.lines[(*path, key)] = line

    document.data = value_of(root, ())
    if problems:
        raise Unreadable(sorted(problems, key=lambda problem: problem.line))
    return document
