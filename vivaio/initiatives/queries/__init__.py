"""Every read of the room: `initiatives` for all of them, then a module for each part."""
