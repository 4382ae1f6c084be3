"""What awaits the person who signs in: the next thing to do comes first."""
