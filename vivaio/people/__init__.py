"""Accounts, organisations and the relations between them."""
