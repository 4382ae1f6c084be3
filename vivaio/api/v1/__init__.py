"""Version 1 of the interface for programs: what it answers, whom it lets in, how it says no."""
