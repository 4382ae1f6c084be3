"""Pages of the public site: what anyone reads, what the staff prepares."""
