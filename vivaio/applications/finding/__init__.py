"""Finding applications by what they say: words, answers, the passages that match."""
