"""Contacts that an initiative makes: investors, partners, customers, collaborations, and what came of each."""
