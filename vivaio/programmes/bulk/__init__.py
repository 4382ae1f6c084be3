"""One act on many rows of a list: looked at before, carried out row by row, taken back where it can be."""
