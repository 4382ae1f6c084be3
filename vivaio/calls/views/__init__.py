"""Pages of calls: for anyone, and for the staff."""
