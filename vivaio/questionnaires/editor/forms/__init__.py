"""Input shapes of the editor."""
