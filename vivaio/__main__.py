"""`python -m vivaio` and the installed `vivaio` are the same command."""

import sys

try:
    from vivaio.config.cli import main
except ModuleNotFoundError as missing:
    sys.exit(f"vivaio: the Python package {missing.name} is missing: run `make setup`.")

if __name__ == "__main__":
    main()
