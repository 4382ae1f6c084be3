"""One search over all that a person may see."""
