"""A programme: its phases, partners, money, areas, and who holds which role in it."""
