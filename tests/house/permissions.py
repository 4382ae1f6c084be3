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


def reads(role: str) -> dict[str, str]:
    """What comes back to a role at each address; one of `except` gets what the role does that it is like."""
    special = TABLE["except"].get(role, {})
    at = TABLE["roles"].split().index(special.get("like", role))
    found = {name: row.split()[at] for name, row in TABLE["read"].items()}
    return asked_of(role, found | special.get("read", {}))


def asked_of(role: str, places: dict[str, str]) -> dict[str, str]:
    """The addresses that a role is asked for: all, or those of the rooms for which it is one of `except`."""
    rooms = tuple(TABLE["except"].get(role, {}).get("rooms", [""]))
    return {name: url for name, url in places.items() if name.startswith(rooms)}


def may(name: str, role: str) -> bool:
    """Whether a role may change something at an address."""
    special = TABLE["except"].get(role, {})
    if name in special.get("may_not", []) or name in special.get("may", []):
        return name in special.get("may", [])
    roles, asked = TABLE["change"].get(name, []), special.get("like", role)
    return asked in roles or "anyone" in roles or ("signed-in" in roles and asked != "anonymous")


TABLE = gathered()
