"""Notices of a call that has opened: what changes in it, before and after, why, and who is told."""
