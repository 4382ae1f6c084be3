"""Drafts, submission, eligibility, requests for integration."""
