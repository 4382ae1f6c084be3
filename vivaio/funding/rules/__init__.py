"""Who may do what with the money, and why not; a module for each noun."""
