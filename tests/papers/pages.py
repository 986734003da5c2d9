"""Every paper as pages: written, turned into PDF and pictures by LibreOffice, counted and read back.

Run: python -m tests.papers.pages [FOLDER]   (needs soffice and pdftoppm; fails when a page count or a text is not as agreed)
"""

import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(Path(__file__).parent)]

from test_templates import lines  # noqa: E402 - the papers stand beside this file

from flows.domain.documents.builders import BUILDERS, SUBJECTS  # noqa: E402
from flows.domain.documents.common import requisites  # noqa: E402
from flows.domain.documents.specimen import specimen  # noqa: E402
from flows.papers import render  # noqa: E402

COUNTS = (1, 3, 30)
AGREED = Path(__file__).parent / "golden" / "pages.tsv"


def written(folder):
    """Write each kind's paper about one, three and thirty pairs; return the papers by name."""
    made = {}
    for kind in BUILDERS:
        for pairs in COUNTS:
            paper = render(
                ROOT / "templates" / f"{kind}.docx",
                requisites(BUILDERS[kind](specimen(kind, SUBJECTS[kind], pairs)), draft="ПР-2026-017"),
            )
            made[f"{kind}-{pairs}"] = paper
            (folder / f"{kind}-{pairs}.docx").write_bytes(paper)
    return made


def office(folder, ending):
    """Turn every .docx of a folder into another kind of file, in one LibreOffice process."""
    with tempfile.TemporaryDirectory() as profile:
        command = [
            "soffice",
            "--headless",
            f"-env:UserInstallation=file://{profile}",
            "--convert-to",
            ending,
            "--outdir",
            folder,
            *sorted(folder.glob("*.docx")),
        ]
        subprocess.run(command, check=True, capture_output=True)


def pictured(folder):
    """Draw the pages of every PDF and return how many each has."""
    counts = {}
    for file in sorted(folder.glob("*.pdf")):
        subprocess.run(["pdftoppm", "-r", "60", "-png", file, file.with_suffix("")], check=True)
        counts[file.stem] = len(list(folder.glob(f"{file.stem}-*.png")))
    return counts


def plain(text):
    return re.sub(r"[\s\u00a0|/]+", " ", text.replace("\u2011", "-")).strip()


def unread(made, folder):
    """Return the papers some text of which LibreOffice does not show."""
    shown = {name: plain((folder / f"{name}.txt").read_text(encoding="utf-8-sig")) for name in made}
    return [
        name
        for name, paper in made.items()
        for line in lines(paper)
        for piece in line.split(" | ")
        if plain(piece) and plain(piece) not in shown[name]
    ]


def main(folder):
    """Print the pages of each paper; return 1 when they are not as agreed or a text is lost."""
    folder.mkdir(parents=True, exist_ok=True)
    made = written(folder)
    office(folder, "pdf")
    office(folder, "txt:Text")
    counts = pictured(folder)
    table = "".join(
        f"{kind}\t" + "\t".join(str(counts[f"{kind}-{pairs}"]) for pairs in COUNTS) + "\n"
        for kind in sorted(BUILDERS)
    )
    lost = sorted(set(unread(made, folder)))
    agreed = AGREED.read_text(encoding="utf-8")
    changed = sorted(set(table.splitlines()) ^ set(agreed.splitlines()))
    print(f"Документов {len(made)}, страниц {sum(counts.values())}, картинки в папке {folder}")
    print(
        "\n".join(
            [
                *(f"число страниц не то: {line}" for line in changed),
                *(f"текст виден не весь: {name}" for name in lost),
            ]
        )
        or "Число страниц и текст – как условлено"
    )
    return int(bool(changed or lost))


if __name__ == "__main__":
    if not shutil.which("soffice") or not shutil.which("pdftoppm"):
        raise SystemExit("Нужны LibreOffice (soffice) и pdftoppm.")
    raise SystemExit(main(Path(sys.argv[1] if len(sys.argv) > 1 else ROOT / "pages").resolve()))
