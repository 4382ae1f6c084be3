"""The checklist of eligibility, the queue of what waits, and decisions that take two people."""
