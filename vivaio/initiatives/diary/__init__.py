"""The diary of an initiative: days told by its team, with photos and files, read by as many as their author says.

An entry for everybody goes on line only once somebody of the staff has read exactly what goes on line.
"""
