"""What exactly is hashed. Change nothing here: every seal ever made rests on it.

A leaf is the canonical JSON of a record (keys sorted, no spaces, UTF-8, instants in UTC with microseconds);
a batch's root is the RFC 6962 tree head over its leaves; a batch's head is the SHA-256 of the canonical JSON
of the batch with the head before it, so that heads form a chain.
"""

import datetime as dt
import hashlib
import json
from typing import Any
from uuid import UUID

from vivaio.methods import merkle

FIELDS = (
    "id",
    "number",
    "at",
    "actor",
    "on_behalf_of",
    "verb",
    "subject_type",
    "subject_id",
    "programme",
    "fields",
)
GENESIS = bytes(32)


def record_hash(values: tuple[Any, ...]) -> bytes:
    """The leaf hash of a record given as its `FIELDS`, in that order."""
    return merkle.leaf_hash(_canonical(dict(zip(FIELDS, values, strict=True))))


def batch_head(
    number: int, sealed_at: dt.datetime, first: int, size: int, root: bytes, previous: bytes
) -> bytes:
    """The head of a batch, which also vouches for every batch before it."""
    said = {
        "batch": number,
        "sealed_at": sealed_at,
        "first": first,
        "size": size,
        "root": bytes(root).hex(),
        "previous": bytes(previous).hex(),
    }
    return hashlib.sha256(_canonical(said)).digest()


def _canonical(values: dict[str, Any]) -> bytes:
    return json.dumps(
        values, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=_plain
    ).encode()


def _plain(value: Any) -> str:
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat(timespec="microseconds")
    raise TypeError(f"The journal holds no {type(value).__name__}.")
