"""The threat model names a proof for each answer, and every proof is there."""

import re

from django.conf import settings

MODEL = settings.BASE_DIR / "docs" / "threat-model.md"


def test_every_proof_is_a_test_that_exists():
    text = MODEL.read_text()
    named = set(re.findall(r"`([a-z]+/test_[a-z_]+)`", text))
    assert len(named) > 30
    missing = {name for name in named if not (settings.BASE_DIR / "tests" / f"{name}.py").is_file()}
    assert missing == set()


def test_every_threat_has_an_answer_and_a_proof_unless_it_is_accepted():
    rows = [line.split("|")[1:-1] for line in MODEL.read_text().splitlines() if line.startswith("|")]
    threats = [row for row in rows if len(row) == 3 and row[0].strip() not in ("threat", "---")]
    assert len(threats) > 25
    without = [row[0].strip() for row in threats if not row[1].strip() or not row[2].strip()]
    assert without == ["a dump that brings commands"]
    assert "can hold commands" in MODEL.read_text().split("## Accepted")[1]
