"""The pages of the pitch day."""
