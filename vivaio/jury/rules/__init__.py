"""Who may do what in a jury, and why not, by noun."""
