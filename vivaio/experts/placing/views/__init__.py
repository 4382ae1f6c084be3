"""The pages of placements, a module for each of its parts."""
