"""Pages of the results: for anyone, and for the staff that prepares them."""
