"""The same programmes, calls, applications, juries and rankings for other programs: JSON over the same actions."""
