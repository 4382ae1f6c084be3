"""Who may read and change what: `urls.toml`, and for the rooms after the ranking a file each in `tables/`."""

import tomllib
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent


def gathered() -> dict[str, Any]:
    """All tables as one; an address stands in one of them."""
    table = tomllib.loads((HERE / "urls.toml").read_text())
    for path in sorted((HERE / "tables").glob("*.toml")):
        more = tomllib.loads(path.read_text())
        table["unproved"] = [*table["unproved"], *more.get("unproved", [])]
        for part in ("read", "change"):
            twice = table[part].keys() & more.get(part, {}).keys()
            assert not twice, f"{path.name} says again what another table says: {sorted(twice)}"
            table[part] |= more.get(part, {})
    return table


TABLE = gathered()
