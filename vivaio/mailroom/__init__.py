"""Letters queued, previewed, held, sent."""
