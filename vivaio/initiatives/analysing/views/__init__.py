"""The pages of the needs analysis."""
