"""The pitch day of a contest: the order drawn or arranged, a slot for each, the running order for jurors, the board.

The board in the room is opened by an address of its own (`PitchDay.screen`), so that nobody has to sign in on the
screen. It is asked again every few seconds: what it shows is told by one statement (`queries.on_screen`), and where
that says the same as before, the answer is 304 and nothing else is read.
"""
