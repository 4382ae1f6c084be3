"""The form engine: pure Python, no database, no web, no clock of its own.

`definition` is what a form asks; `workbook` and `twin` read and write it; `expressions` evaluates its logic;
`state` says what a person sees for given answers, and what is missing.
"""
