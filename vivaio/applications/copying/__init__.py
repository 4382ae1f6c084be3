"""Answers of an earlier application copied to a draft: what fits, seen side by side and chosen."""
