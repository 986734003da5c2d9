"""`python -m flows` is the `nastavnik` command."""

from __future__ import annotations

import sys

from flows import console


def main() -> None:
    """Run the command; a person who stops it while it is still being loaded is told the same as later."""
    try:
        from flows.cli import main as command  # noqa: PLC0415 - it takes a second to load
    except KeyboardInterrupt:
        console.speak()
        print(console.STOPPED, file=sys.stderr)
        sys.exit(2)
    command()


if __name__ == "__main__":
    main()
