"""Pages of a programme for its staff, and the answer to an invitation."""
