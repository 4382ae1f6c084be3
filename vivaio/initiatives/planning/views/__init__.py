"""The pages of plans: of one initiative, and of the whole programme."""
