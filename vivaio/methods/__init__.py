"""Published decision methods as pure functions: numpy in, frozen dataclasses out, no Django, no I/O."""
