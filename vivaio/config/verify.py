"""`vivaio verify`: compute again what a published record says. It needs the file alone, no database and no settings."""

import hashlib
import sys
from pathlib import Path

from vivaio.methods import decision as method

SHOWN = 20
LARGEST = 100 * 1024 * 1024


def decision(file: str) -> int:
    """Whether a decision record says what its own data and rules give; 0 when it does, 1 when not, 2 for no record."""
    try:
        content = read(file)
        found = method.differences(content)
    except OSError as failure:
        print(f"vivaio: {file} cannot be read: {failure.strerror}", file=sys.stderr)
        return 2
    except method.Unreadable as failure:
        print(f"vivaio: {file}: {failure}", file=sys.stderr)
        return 2
    if found:
        print(f"{file} does NOT say what its data and rules give:")
        for line in found[:SHOWN]:
            print(f"  {line}")
        if len(found) > SHOWN:
            print(f"  and {len(found) - SHOWN} more")
        return 1
    tracks = method.read(content)["tracks"]
    for track in tracks:
        lines = track["result"]
        selected = sum(line["outcome"] == "selected" for line in lines)
        print(f"{track.get('title') or track['key']}: {len(lines)} applications, {selected} selected")
    print(
        f"The ranking is what the data and the rules give, to the byte. SHA-256 {hashlib.sha256(content).hexdigest()}"
    )
    return 0


def read(file: str) -> bytes:
    """The file's bytes. Raises OSError, or `Unreadable` for one that no call could have written."""
    if file == "-":
        content = sys.stdin.buffer.read(LARGEST + 1)
    else:
        with Path(file).open("rb") as opened:
            content = opened.read(LARGEST + 1)
    if len(content) > LARGEST:
        raise method.Unreadable("the file is too large to be a decision record")
    return content
