"""`python -m flows.intake.child .pdf`: bytes in, the document out as JSON, in a process that may be stopped (`apart`)."""

from __future__ import annotations

import json
import sys

from flows.intake import limits
from flows.intake.apart import wrapped
from flows.intake.reader import parsed


def _bounded() -> None:
    """Bound the memory of this process, where the system can."""
    try:
        import resource  # noqa: PLC0415 - absent on Windows
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (limits.MOST_MEMORY, limits.MOST_MEMORY))


def main() -> None:
    """Read a file of the kind that the first word names."""
    _bounded()
    sys.stdout.write(json.dumps(wrapped(parsed(sys.stdin.buffer.read(), sys.argv[1]))))


if __name__ == "__main__":
    main()
