"""The clock seals the journal and verifies it."""

from vivaio.journal import actions
from vivaio.journal.verification import verify
from vivaio.kit.jobs import periodic


@periodic("* * * * *", "journal.seal")
def seal(timestamp: int) -> None:
    """Seal what waits. Run twice, the second run finds nothing."""
    actions.seal_all()


@periodic("17 3 * * *", "journal.verify")
def check(timestamp: int) -> None:
    """Verify the whole journal each night, for the register to show what was found."""
    actions.note_check(verify())
