"""Every write about placements, a module for each of its parts."""
