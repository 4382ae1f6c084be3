"""What came of a programme, in figures that open: taken on a day; told as a page, a document and open data."""
