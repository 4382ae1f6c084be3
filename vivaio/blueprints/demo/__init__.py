"""The demo: four programmes, and in Miracolo a Milano a jury at work today. Its people are invented."""
