"""What happened, append-only and sealed."""
