"""The demo: four programmes, in one a jury at work today, and a fifth after its ranking. Its people are invented."""
