"""Write the Word templates from their shared parts: python templates/make.py."""

from __future__ import annotations

import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))

import papers_monitoring  # noqa: E402 - the parts stand beside this file
import papers_pairs  # noqa: E402

PAPERS = papers_pairs.PAPERS | papers_monitoring.PAPERS


def main() -> None:
    """Write every template anew."""
    for kind, paper in PAPERS.items():
        (HERE / f"{kind}.docx").write_bytes(paper.content())


if __name__ == "__main__":
    main()
