"""How much of a file is read: what is beyond these is told in one sentence, and nothing of it is unpacked or parsed.

A roadmap of a whole district has some 2,000 rows, a journal of meetings 32,000 of 13 cells; every bound lies above that and far below what takes minutes.
"""

from __future__ import annotations

# A file as it lies on the disk, in bytes: pictures make a roadmap heavy, tables never do.
MOST_BYTES = 20_000_000
# All its parts unpacked, and one part that holds a table, in bytes: from a zip of some KB that swells to gigabytes.
MOST_UNPACKED, MOST_PART = 200_000_000, 60_000_000
# Rows and columns of one table: from a sheet whose every row is filled down to the last one of Excel.
MOST_ROWS, MOST_COLUMNS = 40_000, 80
# Cells of a table as they are drawn, merged ones counted whole: from one merge over a whole sheet.
MOST_CELLS = 480_000
# Paragraphs of a Word file: from millions of empty ones, a few bytes each.
MOST_PARAGRAPHS = 100_000
# Pages of a PDF that are read.
MOST_PAGES = 80
# Below these a file is parsed in this very process; a larger one in a child that may be stopped.
FEW_CELLS, FEW_PARAGRAPHS, FEW_BYTES = 40_000, 20_000, 8_000_000
# What a child may take: seconds of a clock, bytes of address space (where the system can bound it).
MOST_SECONDS, MOST_MEMORY = 60, 2_000_000_000
