"""Contests that an initiative enters, and the interest that jurors take in it there.

The entry is an ordinary application of the initiative's organisation, so that the jury knows nothing of initiatives.
"""
