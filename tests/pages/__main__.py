"""`make pages`: the demonstration's papers and tabs as pictures in `pages/`, to be looked at; needs LibreOffice and poppler."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import openpyxl

from flows import demo, settings

OUT = settings.CHECKOUT / "pages"
WIDE = 7


def main() -> int:
    """Make the demonstration, convert it in one batch, print how many pages each paper has."""
    missing = [name for name in ("soffice", "pdftoppm", "pdfinfo") if not shutil.which(name)]
    if missing:
        print(
            f"Нет программ: {', '.join(missing)}. В Debian и Ubuntu: apt-get install libreoffice-writer libreoffice-calc poppler-utils"
        )
        return 2
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        if demo.run(work / "demo"):
            return 1
        sources = collected(work / "demo", work / "sources")
        subprocess.run(
            [
                "soffice",
                f"-env:UserInstallation=file://{work / 'profile'}",
                "--headless",
                "--convert-to",
                "pdf",
                "--outdir",
                str(work / "pdf"),
                *map(str, sources),
            ],
            check=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        return pictured(sources, work / "pdf")


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


def fitted(path: Path, target: Path) -> Path:
    """Copy a workbook so that each tab prints on one page's width."""
    book = openpyxl.load_workbook(path)
    for sheet in book.worksheets:
        sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 8
        sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
        sheet.sheet_properties.pageSetUpPr = openpyxl.worksheet.properties.PageSetupProperties(fitToPage=True)
    book.save(target)
    return target


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
        count = next(
            line.split()[-1]
            for line in subprocess.run(
                ["pdfinfo", str(pdf)], check=True, capture_output=True, text=True
            ).stdout.splitlines()
            if line.startswith("Pages")
        )
        print(f"{source.stem}: страниц {count}")
    print(f"Картинки: {OUT.name}/")
    return failed


if __name__ == "__main__":
    sys.exit(main())
