"""Pages of questions: for anyone, and for those who answer."""
