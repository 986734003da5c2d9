"""Write the Word templates from their shared parts: python templates/make.py."""

from __future__ import annotations

import sys
from hashlib import sha256
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

import papers_consents  # noqa: E402 - the parts stand beside this file
import papers_council  # noqa: E402
import papers_district  # noqa: E402
import papers_early_end  # noqa: E402
import papers_forms  # noqa: E402
import papers_frames  # noqa: E402
import papers_letters  # noqa: E402
import papers_monitoring  # noqa: E402
import papers_orders  # noqa: E402
import papers_pairs  # noqa: E402
import papers_programs  # noqa: E402
import papers_registers  # noqa: E402
import papers_reports  # noqa: E402
import papers_rules  # noqa: E402

SOURCES = (
    papers_consents,
    papers_council,
    papers_district,
    papers_early_end,
    papers_forms,
    papers_frames,
    papers_letters,
    papers_monitoring,
    papers_orders,
    papers_pairs,
    papers_programs,
    papers_registers,
    papers_reports,
    papers_rules,
)
PAPERS = {kind: paper for source in SOURCES for kind, paper in source.PAPERS.items()}


def main() -> None:
    """Write every template anew, and beside them by which sums `doctor` knows those that nobody changed."""
    sums = {}
    for kind, paper in PAPERS.items():
        data = paper.content()
        (HERE / f"{kind}.docx").write_bytes(data)
        sums[f"{kind}.docx"] = sha256(data).hexdigest()
    lines = [f"{digest}  {name}\n" for name, digest in sorted(sums.items())]
    (HERE / "shipped.sha256").write_text("".join(lines), "utf-8", newline="\n")


if __name__ == "__main__":
    main()
