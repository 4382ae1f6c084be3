"""Who may do what with initiatives, and why not, a module for each part of the room."""
