"""The pages of a discussion: the jurors', and the staff's beside them."""
