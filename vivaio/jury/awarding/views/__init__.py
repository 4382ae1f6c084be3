"""The pages of the awards."""
