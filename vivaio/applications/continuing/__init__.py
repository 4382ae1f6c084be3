"""Applications that go on from one stage of a call to the next."""
