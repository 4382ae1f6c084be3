"""What happened to one application and what comes: only what its readers have been told."""
