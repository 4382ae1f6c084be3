"""The pages of diaries: reading, writing, what hangs on an entry, the staff's decisions."""
