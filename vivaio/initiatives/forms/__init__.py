"""Input shapes of the room, a module for each of its parts."""
