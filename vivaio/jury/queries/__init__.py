"""Every read of the jury, by noun: panel, conflicts, assignment, scoring, then the ranking."""
