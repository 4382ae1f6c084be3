"""What a session remembers of its own use."""

import datetime as dt

NOTED_EVERY = dt.timedelta(minutes=10)
SEEN = "last_used"
