"""Settings from the environment, root URLs, WSGI and the `vivaio` command."""
