"""Money to the cent: the double-entry ledger, vouchers, prizes, grants, claims and who approves them."""
