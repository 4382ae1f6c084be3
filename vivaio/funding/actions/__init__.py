"""Every write of the room, a module for each noun. Whatever moves money ends in `ledger.post`."""
