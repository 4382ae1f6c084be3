"""Applications on paper: one as a document, with all its answers and the checksums of its files."""
