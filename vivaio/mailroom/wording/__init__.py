"""Letters worded by whoever sends them: named fields instead of a template, checked when they are saved."""
