"""The source of Vivaio as the house's tests read it: modules, their syntax trees, what they import."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

HOME = Path(__file__).resolve().parents[2]
VIVAIO = HOME / "vivaio"

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Module:
    """One file of Python."""

    path: Path

    @property
    def name(self) -> str:
        """As it is imported: `vivaio.jury.views.sheet`."""
        parts = self.path.relative_to(HOME).with_suffix("").parts
        return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)

    @property
    def room(self) -> str:
        return self.path.relative_to(VIVAIO).parts[0].removesuffix(".py")

    @property
    def shown(self) -> str:
        return str(self.path.relative_to(HOME))

    @cached_property
    def text(self) -> str:
        return self.path.read_text()

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text)

    def imports(self) -> Iterator[tuple[str, int]]:
        """Everything it imports by its full name (`vivaio.jury.views`, `vivaio.jury.views.sheet`), with the line."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                yield from ((alias.name, node.lineno) for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                assert node.level == 0, f"{self.shown}:{node.lineno}: say the whole name"
                yield str(node.module), node.lineno
                yield from ((f"{node.module}.{alias.name}", node.lineno) for alias in node.names)

    def functions(self) -> Iterator[Function]:
        return (node for node in ast.walk(self.tree) if isinstance(node, Function))


@cache
def modules() -> list[Module]:
    """Every module of Vivaio but the migrations, which Django writes."""
    return [Module(path) for path in sorted(VIVAIO.rglob("*.py")) if "migrations" not in path.parts]


def rooms() -> list[str]:
    return sorted(path.name for path in VIVAIO.iterdir() if path.is_dir() and path.name != "__pycache__")


def dotted(node: ast.AST) -> str:
    """`timezone.now` for that expression; nothing for what is not a plain name."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute) and (owner := dotted(node.value)):
        return f"{owner}.{node.attr}"
    return ""
