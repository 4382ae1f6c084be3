"""Trying a call out: a copy of it in a programme of its own, invented applications, and no trace afterwards.

A rehearsal is a programme that is never published: whatever is public, open data, feeds, search and webhooks leave out
programmes in preparation already, and their letters never leave (`mailroom.silence`).
"""
