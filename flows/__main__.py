"""`python -m flows` is the `nastavnik` command."""

from __future__ import annotations

import gc
import sys

from flows import console

# New objects between two looks for what nobody needs: what a command loads it keeps to its end, and each look goes through it.
SELDOM = 50_000


def main() -> None:
    """Run the command; a person who stops it while it is still being loaded is told the same as later."""
    gc.set_threshold(SELDOM)
    try:
        from flows.cli import main as command  # noqa: PLC0415 - it takes a second to load
    except KeyboardInterrupt:
        console.speak()
        print(console.STOPPED, file=sys.stderr)
        sys.exit(2)
    gc.freeze()
    command()


if __name__ == "__main__":
    main()
