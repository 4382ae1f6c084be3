"""How long applications are kept: what is due to go, and what goes with a person."""
