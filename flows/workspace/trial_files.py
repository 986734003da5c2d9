"""The steps of a trial about files: folders and papers with chosen ids, checksums, marks, exports, shortcuts, rights."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.domain.errors import Misconfigured, Refused
from flows.workspace.drive import DOCUMENT, md5_of
from flows.workspace.drive_service import Service
from flows.workspace.refusals import translated
from flows.workspace.sharing import READER, of
from flows.workspace.trial_bench import NAME, PROPERTY, REPORT, Bench, Step, Unfit, unless

if TYPE_CHECKING:
    from flows.workspace.drive import Entry

ABOUT = "user(emailAddress),storageQuota(limit,usage)"
LOOKS, PAUSE = 4, 3.0
PACKED = b"PK"
READ_ONLY = "Проба"


def _account(bench: Bench) -> str:
    with translated("Вход"):
        about = Service(bench.space.drive.session).about().get(fields=ABOUT).execute()
    quota = about.get("storageQuota") or {}
    used, limit = int(quota.get("usage") or 0), quota.get("limit")
    room = "без предела" if limit is None else f"свободно {max(int(limit) - used, 0) >> 20} МБ"
    if limit is not None and not int(limit):
        room = "своего места на Диске нет: файлы держит только общий диск"
    right = f" ({bench.space.sign_in.title})" if bench.space.sign_in else ""
    return f"{(about.get('user') or {}).get('emailAddress', 'адрес не назван')}{right}; {room}"


def _ids(bench: Bench) -> str:
    bench.ids = tuple(bench.space.drive.ids(2))
    unless(len(set(bench.ids)) == len(bench.ids) > 1, "Коды повторяются или их меньше, чем просили.")
    return ""


def _folder(bench: Bench) -> str:
    bench.remember(bench.ids[0])
    bench.folder = bench.ids[0]
    entry = bench.space.drive.folder(bench.ids[0], NAME, bench.root, {PROPERTY: bench.ids[0]})
    unless(entry.id == bench.ids[0], "У папки другой код.")
    return ""


def _book(bench: Bench) -> str:
    bench.book = bench.space.drive.book(NAME, bench.folder, {})
    unless(bench.book.parent == bench.folder, "Книга легла в другую папку.")
    return ""


def _upload(bench: Bench) -> str:
    bench.file = _laid(bench)
    unless(bench.file.id == bench.ids[1], "У документа другой код.")
    return ""


def _again(bench: Bench) -> str:
    entry = _laid(bench)
    twins = [each for each in bench.space.drive.found(_inside(bench)) if each.name == entry.name]
    unless(entry.id == bench.made.id and len(twins) <= 1, "Повтор сделал второй файл.")
    return ""


def _laid(bench: Bench) -> Entry:
    about = {PROPERTY: bench.folder}
    return bench.space.drive.file(bench.ids[1], f"{NAME}.docx", bench.folder, about, bench.paper)


def _inside(bench: Bench) -> str:
    return f"'{bench.folder}' in parents and trashed=false"


def _checksum(bench: Bench) -> str:
    unless(bench.made.md5 == md5_of(bench.paper), "Контрольная сумма не та, что у посланного.")
    unless(bench.space.drive.media(bench.made) == bench.paper, "Скачано не то, что послано.")
    return ""


def _marks(bench: Bench) -> str:
    known = bench.space.drive.entry(bench.made.id).properties
    unless(known.get(PROPERTY) == bench.folder, "Отметки файла не прочлись.")
    return _listed(
        bench, f"appProperties has {{ key='{PROPERTY}' and value='{bench.folder}' }}", bench.made.id
    )


def _listing(bench: Bench) -> str:
    return _listed(bench, _inside(bench), bench.workbook.id)


def _listed(bench: Bench, query: str, wanted: str) -> str:
    """Look a few times: a listing may lag, and the work does not rest on it."""
    for look in range(LOOKS):
        if look:
            bench.space.clock.sleep(PAUSE)
        if any(each.id == wanted for each in bench.space.drive.found(query)):
            return "" if not look else "список показал файл не сразу, работе это не мешает"
    raise Unfit("Список не показывает файл, который есть. Повторите пробу через несколько минут.")


def _renew(bench: Bench) -> str:
    renewed = bench.space.drive.renew(bench.made, bench.paper + b" ", {})
    unless(renewed.id == bench.made.id, "После обновления у файла другой код.")
    unless(renewed.md5 == md5_of(bench.paper + b" "), "После обновления в файле прежнее.")
    bench.file = renewed
    return ""


def _shut(bench: Bench) -> str:
    drive = bench.space.drive
    drive.change(bench.made.id, {"contentRestrictions": [{"readOnly": True, "reason": READ_ONLY}]})
    try:
        drive.renew(bench.made, bench.paper, {})
    except (Misconfigured, Refused):
        return ""
    raise Unfit(f"Файл с отметкой «только чтение» переписан. {REPORT}")


def _open(bench: Bench) -> str:
    drive = bench.space.drive
    drive.change(bench.made.id, {"contentRestrictions": [{"readOnly": False}]})
    bench.file = drive.renew(drive.entry(bench.made.id), bench.paper, {})
    return ""


def _export(bench: Bench) -> str:
    unless(bench.space.drive.media(bench.workbook).startswith(PACKED), "Книга выгружена не как .xlsx.")
    return ""


def _document(bench: Bench) -> str:
    entry = bench.space.drive.book(NAME, bench.folder, {}, DOCUMENT)
    unless(bench.space.drive.media(entry).startswith(PACKED), "Документ Google выгружен не как .docx.")
    return ""


def _shortcut(bench: Bench) -> str:
    (own,) = bench.space.drive.ids(1, "shortcuts")
    entry = bench.space.drive.shortcut(own, NAME, bench.folder, bench.made.id, {})
    unless(entry.id == own, "У ярлыка другой код.")
    return ""


def _rights(bench: Bench) -> str:
    rights = bench.space.sharing.listed(bench.folder)
    own = sum(not each.inherited for each in rights)
    return f"всего {len(rights)}, из них на самой папке {own}"


def _share(bench: Bench) -> str:
    sharing = bench.space.sharing
    given = sharing.grant(bench.folder, bench.share, READER)
    unless(of(sharing.listed(bench.folder), bench.share) is not None, "Данного доступа в списке нет.")
    sharing.revoke(bench.folder, given.id)
    unless(of(sharing.listed(bench.folder), bench.share) is None, "Отнятый доступ остался в списке.")
    return ""


FOLDER, FILE, BOOK = ("folder",), ("upload",), ("book",)
BEFORE_THE_BOOK = (
    Step("account", "Вход: чья учётная запись и сколько места", _account, "без входа программа ничего не сделает"),
    Step("ids", "Коды для новых файлов выдаются заранее", _ids, "без них оборванный запуск удвоил бы документы"),
    Step("folder", "Папка с заранее взятым кодом создаётся", _folder, "организацию здесь не завести", ("ids",)),
    Step("book", "Книга создаётся", _book, "организацию здесь не завести", FOLDER),
)  # fmt: skip
AFTER_THE_BOOK: tuple[Step, ...] = (
    Step("upload", "Документ .docx с заранее взятым кодом загружается", _upload, "документы не лягут в папки", FOLDER),
    Step("again", "Повтор загрузки ничего не удваивает", _again, "оборванный запуск удвоил бы документы", FILE),
    Step("checksum", "Документ дошёл без изменений", _checksum, "правки людей не отличить от сделанного программой", FILE),
    Step("marks", "Отметки программы на файле читаются и ищутся", _marks, "потерянные строки реестра не вернуть по файлам", FILE),
    Step("listing", "Папка показывает, что в ней лежит", _listing, "шаблоны сотрудников остались бы незамеченными", BOOK),
    Step("renew", "Обновление оставляет файлу его код и ссылку", _renew, "черновики нельзя было бы обновлять на месте", FILE),
    Step("shut", "Отметка «только чтение» ставится и держит", _shut, "зарегистрированный документ мог бы кто-то переписать", FILE),
    Step("open", "Отметка «только чтение» снимается", _open, "ошибочно закрытый документ не открыть", ("shut",)),
    Step("export", "Книга выгружается в .xlsx", _export, "таблицу Google нельзя прочитать как файл", BOOK),
    Step("document", "Документ Google выгружается в .docx", _document, "шаблоны и карты в документах Google не прочитать", FOLDER),
    Step("shortcut", "Ярлык на документ создаётся", _shortcut, "в папке педсовета будут копии вместо ярлыков", FILE),
    Step("rights", "Видно, кому открыта папка", _rights, "программа не скажет, кому что открыто", FOLDER),
)  # fmt: skip
SHARE = Step(
    "share", "Доступ к папке даётся и отнимается", _share, "доступ сотрудникам придётся давать руками", FOLDER
)
