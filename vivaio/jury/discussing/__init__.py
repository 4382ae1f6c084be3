"""Jurors discuss an application once their own scores of it are confirmed; the staff reads along.

Whoever has a conflict of interest in a track takes part in none of its discussions. Leaving out the application in
conflict, or that and those next to it in the order, would not do: the order moves with every score, and what vanishes
from a list tells where the missing one stands. So all the applications of the track count as its neighbours.
"""
