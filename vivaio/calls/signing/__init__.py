"""Which documents of an application have to be signed, and how: a term of the call."""
