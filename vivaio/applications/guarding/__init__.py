"""Applications of people under 18, and the guardians who sign for them."""
