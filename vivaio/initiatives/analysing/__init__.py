"""The needs analysis: what each initiative lacks and is good at, told by its team and its coach, settled together."""
