"""A letter in own words to the teams of chosen applications: kept as a draft, looked at, held, released, sent once."""
