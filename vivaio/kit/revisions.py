"""The mark of what somebody reads: whoever answers for it sends the mark back, and nothing else is answered for."""

import hashlib
import json
from typing import Any


def mark_of(stands: Any) -> str:
    """Sixteen signs that change with anything in `stands`, which JSON can write."""
    told = json.dumps(stands, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(told.encode()).hexdigest()[:16]
