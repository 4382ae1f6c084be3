"""Applications taken out: many as one document, or as folders with their files; made by a job, kept for a day."""
