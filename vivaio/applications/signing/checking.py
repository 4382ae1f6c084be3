"""A signed file is looked into by a process of its own, which may fall: what it says, and what its silence means."""

import hashlib
import json
import logging
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from django.conf import settings

import vivaio
from vivaio.applications.models import Paper, Signature
from vivaio.applications.states import DOUBTFUL_SIGNATURES, SOUND_SIGNATURES, SignatureState
from vivaio.kit import clock
from vivaio.questionnaires.models import Attachment

SECONDS = 30
"""How long a check may take at most; the process itself stops earlier (`child.SECONDS` of work)."""
AT_ONCE = 2.0
"""How long a page waits for one."""
MOST_ANSWERED = 100_000
PLACES = [str(Path(vivaio.__file__).resolve().parents[1]), *map(os.path.abspath, filter(None, sys.path))]
RESULTS = set(SignatureState.values)
logger = logging.getLogger(__name__)


def digest(content: bytes) -> str:
    """SHA-256, as everywhere."""
    return hashlib.sha256(content).hexdigest()


def examined(signature: Signature, seconds: float) -> dict[str, Any] | None:
    """What the check of a signed file found; None where it took longer than these seconds."""
    content = _content(signature)
    if content is None:
        return {"result": SignatureState.UNREADABLE.value, "detail": "no file"}
    paper = Paper.objects.filter(pk=signature.document).first() if not signature.question else None
    found = looked_into(content, seconds, whole=paper.size if paper else 0)
    if found is None:
        return None
    stands = found["result"] in DOUBTFUL_SIGNATURES or found["result"] in SOUND_SIGNATURES
    if paper is not None and stands and found.get("first") != paper.sha256:
        return {**found, "result": SignatureState.OTHER_DOCUMENT.value}
    return found


def looked_into(content: bytes, seconds: float, *, whole: int = 0) -> dict[str, Any] | None:
    """Run the process; None where nothing is known afterwards. `whole`: the size of what was to be signed, if known."""
    command = [sys.executable, "-W", "ignore", "-m", "vivaio.applications.signing.child"]
    try:
        done = subprocess.run(  # noqa: S603 - a command of our own, the file is its input
            [*command, str(settings.TRUST_DIR), str(whole), clock.now().isoformat()],
            input=content,
            capture_output=True,
            timeout=seconds,
            check=False,
            env={
                "PATH": os.defpath,
                "LANG": "C.UTF-8",
                "PYTHONPATH": os.pathsep.join(PLACES),
            },
            cwd="/",
        )
    except subprocess.TimeoutExpired:
        return None
    except OSError:
        logger.exception("The process that checks signatures could not be started.")
        return None
    try:
        found = json.loads(done.stdout[:MOST_ANSWERED])
        if isinstance(found, dict) and found.get("result") in RESULTS:
            return found
    except ValueError:
        pass
    if done.returncode < 0:  # the limits have ended it: that is the file's doing
        return {"result": SignatureState.UNREADABLE.value, "detail": "too complicated"}
    last = done.stderr.decode(errors="replace").strip().splitlines()[-1:]
    logger.error("A signature could not be checked (%s): %s", done.returncode, last)
    return None


def _content(signature: Signature) -> bytes | None:
    """The signed file: what was uploaded here, or the answer itself."""
    stored = signature.file
    if signature.question:
        attachment = Attachment.objects.filter(pk=signature.document).first()
        if attachment is None:
            return None
        stored = attachment.file
    try:
        with stored.open("rb") as file:
            return bytes(file.read())
    except (OSError, ValueError):
        return None
