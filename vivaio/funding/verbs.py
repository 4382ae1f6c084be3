"""What happened here, in words for the register."""
