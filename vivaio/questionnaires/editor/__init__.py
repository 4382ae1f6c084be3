"""The editor of forms in the browser: the next version of a form is drafted, previewed, compared, published.

`tree`, `marks`, `picks` and `comparing` are pure; they know definitions alone. A draft may lack what a version needs:
the engine's own check (`program.compiled`) says what, before it is published.
"""
