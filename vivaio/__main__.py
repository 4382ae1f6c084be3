"""`python -m vivaio` is the `vivaio` command."""

from vivaio.config.cli import main

if __name__ == "__main__":
    main()
