"""Earlier bytes of a file that the office kept: which there are, and one of them brought back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from flows.office import looks
from flows.office.entries import PERSON, Entry
from flows.office.errors import Refusal, open_in_editor, saved_meanwhile
from flows.office.replacing import Stale

if TYPE_CHECKING:
    from pathlib import Path

    from flows.office.store import Store
    from flows.office.watch import Watch

# What the program wrote on a file about its bytes as it left them.
LEFT = "nastavnik_md5"


@dataclass(frozen=True)
class Version:
    """Bytes of a file as they were: their number in its history, when they were saved, their size in bytes.

    `current` is what lies in the folder now; `registered` what the program left in a file that is closed to editing.
    """

    number: int
    saved: datetime
    size: int
    current: bool = False
    registered: bool = False


def versions(store: Store, watch: Watch, entry: Entry) -> tuple[Version, ...]:
    """Return what is kept of a file, the oldest first, and last what lies there now; the same bytes are told once."""
    now = watch.freshen(entry)
    if now is None:
        return ()
    kept = [(number, path) for number, path in _kept(store, now) if looks.summed(path)[1].sha != now.sha]
    path = store.path_of(now)
    earlier = [_version(number, each, now) for number, each in kept]
    return (*earlier, replace(_version(now.revision, path, now), current=True))


def bring_back(store: Store, watch: Watch, entry: Entry, number: int, moment: str) -> Entry:
    """Put kept bytes in the place of a file's; what lay there is kept too. Of a closed file only what was registered comes back.

    Raise `Refusal` where there is no such version, where the file is open in an editor or was saved in this moment.
    """
    now = watch.freshen(entry)
    path = next((path for at, path in _kept(store, entry) if at == number), None)
    if now is None or path is None:
        raise Refusal(404, f"Версии {number} у этого файла нет.")
    if store.open_in_editor(now):
        raise open_in_editor(now.name, book=False)
    data = looks.read(path)[1]
    if now.read_only and looks.digest(data).md5 != now.properties.get(LEFT):
        raise Refusal(
            403,
            f"Версия {number} – не та, что зарегистрирована: зарегистрированный документ меняют приказом. Файл не тронут.",
        )
    opened = replace(now, restrictions=())
    store.shut_or_open(opened)
    fresh = replace(
        opened, author=PERSON, version=now.version + 1, revision=now.revision + 1, modified=moment
    )
    try:
        written = store.write(fresh, data)
    except Stale:
        raise saved_meanwhile(now.name, book=False) from None
    back = replace(written, restrictions=now.restrictions)
    store.ledger.put([back])
    store.shut_or_open(back)
    return back


def _kept(store: Store, entry: Entry) -> list[tuple[int, Path]]:
    folder = store.side / "revisions" / entry.id
    found = [each for each in folder.iterdir() if each.name.isdecimal()] if folder.is_dir() else []
    return sorted((int(each.name), each) for each in found)


def _version(number: int, path: Path, entry: Entry) -> Version:
    stamp, sums = looks.summed(path)
    registered = entry.read_only and sums.md5 == entry.properties.get(LEFT)
    saved = datetime.fromtimestamp(stamp.mtime_ns / 1e9, UTC)
    return Version(number, saved, stamp.size, registered=registered)
