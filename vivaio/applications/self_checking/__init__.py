"""Whether one could apply, found out by anyone before registering: asked, answered, and forgotten."""
