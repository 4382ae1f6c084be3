"""The pages of the meeting: the jurors', and the staff's."""
