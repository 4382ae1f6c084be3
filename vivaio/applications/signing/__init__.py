"""Documents that have to be signed: with a click, digitally, or by hand with an identity document."""
