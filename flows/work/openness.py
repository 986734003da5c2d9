"""Who may open the organisation's folder, its pairs and its book as the store tells it now, against `Настройки`.

Whom it names are told by their part, everybody else is counted: no address is printed, the window of the store shows them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.domain import access
from flows.domain.errors import Misconfigured, Refused
from flows.russian import words
from flows.work import access as opened
from flows.workspace.sharing import of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from flows.domain.access import Target
    from flows.work.stages import Errand
    from flows.workspace.reading import Book
    from flows.workspace.sharing import Permission

Told = tuple[str, bool]
ABOVE = frozenset({"owner", "organizer"})
ROOT, BOOK = "папка организации", "книга"
WHERE = "Кто именно – в окне «Открыть доступ»"
ANYONE = (
    "{what} открыта всем, у кого есть ссылка, а в ней персональные данные. "
    "Закройте: «Открыть доступ» → «Общий доступ» → «Доступ ограничен»"
)
DOMAIN = (
    "{what} открыта всем в домене вашей организации, а в ней персональные данные. "
    "Закройте: «Открыть доступ» → «Общий доступ» → «Доступ ограничен»"
)
LACKING = (
    "{what}: не могут открыть или имеют роль слабее нужной: {whom}. "
    "Откроет nastavnik prepare; если закрыли вручную – откройте так же"
)
NARROW = (
    "{what} открыта всем, кому открыта папка вокруг, а в ней согласия. Сузить может владелец папки, "
    "на общем диске – менеджер: «Открыть доступ» → «Ограниченный доступ»"
)
LOCAL = "доступ к локальной папке даёт компьютер, адреса из «Настроек» начнут действовать на Google Диске"
NOBODY = "в «Настройках» не вписано, кому открыть папку («Почта руководителя», «Почта куратора», «Почта бухгалтера»)"


def examined(errand: Errand, book: Book) -> Iterator[Told]:
    """Tell of one organisation who may open what, who is missing and who is there besides; one line a place."""
    read = opened.typed(errand, book)
    if not errand.space.shares:
        if read.addresses:
            yield LOCAL, True
        return
    if not read.addresses:
        yield NOBODY, True
    for problem in dict.fromkeys(each.message for each in opened.findings(errand, book)):
        yield problem, False
    where = opened.places(errand, book)
    targets = access.targets(read.addresses, where)
    named = {each.email: each.holder.title for each in read.addresses}
    narrow = access.limited(errand.supplies.access, where)
    me = errand.space.sharing.account()
    looked = {errand.place.folder: ROOT, **{key: f"папка «{path}»" for key, path in narrow.items()}}
    for file_id, what in {**looked, errand.place.book: BOOK}.items():
        around = file_id if file_id in looked else errand.place.folder
        needs = [each for each in targets if each.file_id == around]
        yield from _place(errand, file_id, what, {me: "", **named}, needs)
        if file_id in narrow:
            yield from _narrow(errand, file_id, what)


def _place(
    errand: Errand, file_id: str, what: str, named: Mapping[str, str], needs: Sequence[Target]
) -> Iterator[Told]:
    try:
        rights = errand.space.sharing.listed(file_id)
    except (Misconfigured, Refused) as trouble:
        yield f"{what}: кому она открыта, не узнать. {trouble}", False
        return
    name = what[:1].upper() + what[1:]
    ours = sorted({named.get(each.email.lower(), "") for each in rights} - {""})
    others = [
        each
        for each in rights
        if each.kind in {"user", "group"} and each.role not in ABOVE and each.email.lower() not in named
    ]
    told = f"{what}: могут открыть {', '.join(ours) or 'только владелец и управляющие диском'}"
    more = f", кроме них {words.count(len(others), 'адрес')}. {WHERE}" if others else ""
    yield told + more, True
    for kind, said in (("anyone", ANYONE), ("domain", DOMAIN)):
        if any(each.kind == kind for each in rights):
            yield said.format(what=name), False
    lacking = sorted({each.address.holder.title for each in needs if not _reached(rights, each)})
    if lacking:
        yield LACKING.format(what=what, whom=", ".join(lacking)), False


def _reached(rights: tuple[Permission, ...], target: Target) -> bool:
    right = of(rights, target.address.email)
    return right is not None and right.reaches(target.role)


def _narrow(errand: Errand, folder_id: str, what: str) -> Iterator[Told]:
    try:
        limited = errand.space.sharing.bounds(folder_id).limited
    except (Misconfigured, Refused):
        return
    if not limited:
        yield NARROW.format(what=what[:1].upper() + what[1:]), True
