"""A blind review: what jurors read where the call says that they do not know who applies.

`queries.shown` names an application for jurors, `queries.reading` is all that they read of it, `queries.file` what they
may open. Every page, file and answer of the interface for programs that a juror reaches takes them from here.
"""
