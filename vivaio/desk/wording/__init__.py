"""The letters of a call: their words, what was sent to whom."""
