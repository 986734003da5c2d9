"""`make pages`: papers and tabs as pictures in `pages/`, to be looked at, and every page checked; needs LibreOffice and poppler.

Checked are the papers of the demonstration and a paper of every kind about one, three and thirty pairs. The exit code is 1
when a page has a fault, 2 when a program is missing.
"""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from pathlib import Path

import docx
import openpyxl

from flows import demo, settings
from flows.domain.documents.builders import BUILDERS, SUBJECTS
from flows.domain.documents.common import requisites
from flows.domain.documents.specimen import specimen
from flows.domain.monitoring.note.outline import SHORT
from flows.papers import render
from tests.pages.faults import faults
from tests.pages.sheets import Sheet, meant, sheets

OUT = settings.CHECKOUT / "pages"
WORKERS, AT_ONCE, PAIRS = 2, 60, (1, 3, 30)
NOTE, LENGTHS = "note.monitoring", {SHORT: 2, "": 8}


def main() -> int:
    """Make the papers, convert them, print how many pages each has and what is wrong on which."""
    missing = [name for name in ("soffice", "pdftoppm") if not shutil.which(name)]
    if missing:
        print(
            f"Нет программ: {', '.join(missing)}. В Debian и Ubuntu: apt-get install libreoffice-writer libreoffice-calc poppler-utils"
        )
        return 2
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        if demo.run(work / "demo"):
            return 1
        shown = collected(work / "demo", work / "sources")
        sources = [*shown, *specimens(work / "sources")]
        converted(sources, work / "profile", work / "pdf")
        lost = pictured(shown, work / "pdf")
        return max(lost, checked([each for each in sources if each.suffix == ".docx"], work / "pdf"))


def collected(root: Path, target: Path) -> list[Path]:
    """Copy papers, and workbooks set to fit a landscape page, under short plain names."""
    target.mkdir()
    found: list[Path] = []
    for path in sorted(root.rglob("*.docx")):
        if "Шаблоны" in path.parts or ".nastavnik" in path.parts:
            continue
        number = path.stem.rpartition("(")[2].partition(",")[0]
        found.append(
            Path(shutil.copy(path, target / f"{path.relative_to(root).parts[0][17:]} {number}.docx"))
        )
    found.extend(
        fitted(path, target / f"{path.relative_to(root).parts[0][17:]} книга.xlsx")
        for path in sorted(root.rglob("*.xlsx"))
    )
    return found


def specimens(target: Path) -> list[Path]:
    """Write a paper of every kind about one, three and thirty pairs."""
    made = []
    for kind in sorted(BUILDERS):
        for pairs in PAIRS:
            context = requisites(BUILDERS[kind](specimen(kind, SUBJECTS[kind], pairs)), draft="ПР-2026-017")
            made.append(target / f"{kind}-{pairs}.docx")
            made[-1].write_bytes(render(settings.template(f"{kind}.docx"), context))
    return [*made, *(short_note(pairs, target) for pairs in PAIRS)]


def short_note(pairs: int, target: Path) -> Path:
    """Write the monitoring note as an organisation has it that wants it short."""
    facts = specimen(NOTE, SUBJECTS[NOTE], pairs)
    card = replace(facts.organisation, note_length=SHORT)
    told = replace(facts, organisation=card, evidence=None)
    evidence = replace(facts.evidence, facts=told)
    context = requisites(BUILDERS[NOTE](replace(told, evidence=evidence)), draft="ПР-2026-017")
    made = target / f"{NOTE}-{pairs}-{SHORT}.docx"
    made.write_bytes(render(settings.template(f"{NOTE}.docx"), context))
    return made


def fitted(path: Path, target: Path) -> Path:
    """Copy a workbook so that each tab prints on one page's width."""
    book = openpyxl.load_workbook(path)
    for sheet in book.worksheets:
        sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 8
        sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
        sheet.sheet_properties.pageSetUpPr = openpyxl.worksheet.properties.PageSetupProperties(fitToPage=True)
    book.save(target)
    return target


def converted(sources: list[Path], profile: Path, target: Path) -> None:
    """Turn files into PDF; of more than some hundreds at once LibreOffice gives up part silently."""
    for at in range(0, len(sources), AT_ONCE):
        command = ["soffice", f"-env:UserInstallation=file://{profile}", "--headless", "--convert-to", "pdf"]
        subprocess.run(
            [*command, "--outdir", str(target), *map(str, sources[at : at + AT_ONCE])],
            check=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )


def pictured(sources: list[Path], pdfs: Path) -> int:
    """Turn every PDF into PNG pages; a source that gave none is a failure."""
    shutil.rmtree(OUT, ignore_errors=True)
    OUT.mkdir()
    failed = 0
    for source in sources:
        pdf = pdfs / f"{source.stem}.pdf"
        if not pdf.exists():
            print(f"{source.name}: не преобразован")
            failed = 1
            continue
        subprocess.run(["pdftoppm", "-r", "70", "-png", str(pdf), str(OUT / source.stem)], check=True)
        print(f"{source.stem}: страниц {len(list(OUT.glob(f'{source.stem}-*.png')))}")
    print(f"Картинки: {OUT.name}/")
    return failed


def checked(papers: list[Path], pdfs: Path) -> int:
    """Print the faults of every page; return 1 when there are any."""
    kinds: Counter[str] = Counter()
    pages = 0
    with ProcessPoolExecutor(WORKERS) as pool:
        pairs = [(paper, pdfs / f"{paper.stem}.pdf") for paper in papers]
        for paper, (count, found) in zip(papers, pool.map(looked, pairs, chunksize=8), strict=True):
            pages += count
            for kind, said in found:
                kinds[kind] += 1
                print(f"{paper.name}, {said}")
    told = ", ".join(f"{kind} – {count}" for kind, count in kinds.most_common())
    print(
        f"Документов {len(papers)}, страниц {pages}; замечаний к страницам: {kinds.total()}{f' ({told})' if told else ''}"
    )
    return int(bool(kinds))


def looked(pair: tuple[Path, Path]) -> tuple[int, list[tuple[str, str]]]:
    """Look over the pages of a paper; return how many there are and what is wrong."""
    data, pdf = (each.read_bytes() if each.exists() else b"" for each in pair)
    if not pdf:
        return 0, [("не преобразован", "файл: PDF не получился")]
    margin = docx.Document(io.BytesIO(data)).sections[0].top_margin
    pages = sheets(pdf, (margin.pt if margin else 0) - 1)
    return len(pages), [*faults(pages, meant(data)), *overlong(pair[0].stem, pages)]


def overlong(name: str, pages: tuple[Sheet, ...]) -> list[tuple[str, str]]:
    """Find a monitoring note that is longer than agreed: two pages for the head, eight for the methodist, appendices apart."""
    if not name.startswith(NOTE):
        return []
    most = LENGTHS[SHORT if name.endswith(SHORT) else ""]
    body = next((at for at, page in enumerate(pages) if page.lines and page.lines[0].text.startswith("Приложение")), len(pages))  # fmt: skip
    return [("длинная справка", f"страниц {body}, а должно быть не больше {most}")] if body > most else []


if __name__ == "__main__":
    sys.exit(main())
