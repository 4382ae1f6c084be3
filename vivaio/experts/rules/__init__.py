"""Who may do what in the competence bank, and why not, a module for each of its parts."""
