"""Vivaio runs a territory's social-innovation programme end to end."""

import os

# Where lxml is installed, openpyxl writes sheets through it, and a disk that fills up meanwhile goes unnoticed: the
# workbook comes out cut. Its own writer says so. openpyxl looks here once, when it is first imported.
os.environ["OPENPYXL_LXML"] = "False"

__version__ = "0.1.0"
