"""Who may do what about placements, and why not, a module for each of its parts."""
