"""What a session remembers of itself."""

import datetime as dt

NOTED_EVERY = dt.timedelta(minutes=10)
SEEN = "last_used"
SET_UP_HERE = "second_step_set_up"
