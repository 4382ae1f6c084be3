"""The public face of the programmes: front door, a programme's page, its calls, its results."""
