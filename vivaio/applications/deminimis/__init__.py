"""De minimis aid: what applicants declare, what may still be granted, what the staff finds in the register."""
