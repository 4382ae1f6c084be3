"""What is typed about placements, a module for each of its parts."""
