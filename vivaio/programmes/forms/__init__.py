"""Input shapes of a programme: its roles and its set-up."""
