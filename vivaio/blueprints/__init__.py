"""A whole programme as one file: plan, apply, export."""
