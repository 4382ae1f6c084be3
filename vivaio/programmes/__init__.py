"""A programme: its phases, partners, money, areas, who holds which role in it, and how its staff works on its lists."""
