"""`nastavnik read` prints the new sentence about a file that is broken."""

import sys
from contextlib import redirect_stdout, suppress
from io import StringIO
from pathlib import Path

from flows.cli import main

Path("план.pdf").write_bytes(b"%PDF-1.4 junk")
sys.argv = ["nastavnik", "read", "план.pdf"]
with redirect_stdout(StringIO()) as printed, suppress(SystemExit):
    main()
assert "в той программе, где он сделан" in printed.getvalue(), printed.getvalue()
