"""What jurors write for the applicants: beside the score, read by a manager, released after the outcome was told."""
