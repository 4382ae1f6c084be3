"""A call as the basis of a new one: all that it lays down, moved in time; nothing of what happened in it."""
