"""What two auditors say of the packages we stand on: known holes of their versions, and the licences they come under."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

PINNED = re.compile(r"^([A-Za-z0-9._-]+)==([^\n]*)$", re.MULTILINE)
PERMISSIVE = ("MIT", "BSD", "APACHE", "ISC", "PSF", "PYTHON SOFTWARE FOUNDATION", "ZLIB", "CNRI", "CC0")
REASONS = {
    "certifi": "MPL 2.0: список удостоверяющих центров, файлы не меняем",
    "docxtpl": "LGPL 2.1: библиотека, ставится отдельно и не меняется",
    "hypothesis": "MPL 2.0: только для проверок",
    "orjson": "MPL 2.0 вместе с Apache или MIT: файлы не меняем",
    "pathspec": "MPL 2.0: библиотека, файлы не меняем",
    "pypdfium2": "BSD 3-Clause или Apache 2.0, внутри PDFium: библиотека, файлы не меняем",
    "text-unidecode": "Artistic License из двух предложенных",
}


@dataclass(frozen=True, slots=True)
class Hole:
    """A known vulnerability: the package with its version, its number, and the versions that mend it."""

    package: str
    number: str
    mended: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Audit:
    """How many packages the database knew, which it gave no answer about, and the holes."""

    asked: int
    unanswered: tuple[str, ...]
    holes: tuple[Hole, ...]

    @property
    def code(self) -> int:
        """Return 1 where a hole is known, 2 where anything was not asked about, else 0."""
        if self.holes:
            return 1
        return 2 if self.unanswered or not self.asked else 0


def audit(answer: dict[str, Any]) -> Audit:
    """Read the JSON of pip-audit; a package that it skipped was not audited, whatever its exit code says."""
    packages = answer.get("dependencies", [])
    return Audit(
        len(packages),
        tuple(each["name"] for each in packages if "skip_reason" in each),
        tuple(
            Hole(f"{each['name']} {each['version']}", hole["id"], tuple(hole["fix_versions"]))
            for each in packages
            for hole in each.get("vulns", ())
        ),
    )


def lines(found: Audit) -> list[str]:
    """Say in Russian what the audit found and what to do."""
    if found.code == 2:
        return [
            f"Не проверено пакетов: {len(found.unanswered)} из {found.asked}. База уязвимостей не ответила: нужен выход в интернет. Повторите там, где он есть."
        ]
    told = [
        f"{hole.package}: {hole.number}, исправлено в {', '.join(hole.mended) or 'ещё ни в какой версии'}"
        for hole in found.holes
    ]
    asked = found.asked - len(found.unanswered)
    return [*told, f"Проверено пакетов: {asked}. Известных уязвимостей: {len(found.holes)}."]


def name_of(package: str) -> str:
    """Spell a package's name as the index does."""
    return re.sub(r"[-_.]+", "-", package).lower()


def pinned(requirements: str, *, anywhere: bool = True) -> set[str]:
    """Return the names of the packages that a list of requirements pins; those of some systems only when `anywhere`."""
    return {name_of(name) for name, rest in PINNED.findall(requirements) if anywhere or ";" not in rest}


def licences(answer: list[dict[str, str]], names: set[str]) -> tuple[str, list[str]]:
    """Read the JSON of pip-licenses: the text of the list, a line a package of `names`, and the packages that do not fit."""
    known = {name_of(each["Name"]): each["License"] for each in answer}
    rows = [(name, known.get(name, "")) for name in sorted(names & set(known))]
    unfit = [name for name, licence in rows if name not in REASONS and not permissive(licence)]
    text = "\n".join(
        f"{name}: {licence}" + (f" ({REASONS[name]})" if name in REASONS else "") for name, licence in rows
    )
    return f"{text}\n", unfit


def permissive(licence: str) -> bool:
    """Tell whether every part of a licence, or one of those offered to choose from, asks for no more than MIT does."""
    return any(
        all(any(word in part.upper() for word in PERMISSIVE) for part in re.split(r" AND |;|,", offer))
        for offer in licence.split(" OR ")
    )
