"""The lines of a responsible cell laid together: a narrow column breaks words, names and posts, a list breaks parties."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flows.domain.roadmap.party_words import BRANCHES, HEAD, PERSON, POST, WORKER, begins, persons
from flows.russian.late import late

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["Chunk", "chunks"]

Chunk = tuple[str, bool]
"""Words of one line or of several that belong together; true: they are one party and are not parted again."""
_DEPENDENT = late(
    r"^(?:заведующего|директора|руководителя|начальника|председателя|воспитателя"
    r"|администрации|управления|отдела|комитета|департамента|министерства|учреждени[яй]|организации)\b"
    r"|^[а-яё]{3,40}(?:ых|их)\s|^\(",
    re.IGNORECASE,
)
# «Председатель⏎профкома», «Директор⏎школы»: what one post is of, never a party below a post.
_OF_ONE = late(
    r"(?:профкома|профсоюза|совета|комиссии|школы|гимназии|лицея|колледжа|техникума|детского|сада|центра|клуба|кафедры|отделения|методического|объединения|группы|проекта|программы)(?![а-яё])"
)
_OPEN_END = late(
    r"(?:^|\s)(?:и|по|при|для|с|о|об|в|на|за|из|или|старш\w{1,40}|главн\w{1,40}|социальн\w{1,40}|заместител\w{1,40}|зам\.?|помощник\w{0,40}|педагог-|муниципальн\w{1,40}|школьн\w{1,40}|музыкальн\w{1,40}|классн\w{1,40}|молод(?:ой|ые|ых|ым|ому)|(?:ст|соц|пед|муз|зав)\.?)$",
    re.IGNORECASE,
)
# «Куратор внедрения⏎ЦМН», «Методист⏎МБДОУ № 18»: what a post is of.
_OF_POST = late(
    r"^(?:ЦМН|ЦМ|МЦМН|ОО|ОУ|ДОУ|ДОО|ШМО|РМО|ГМО|МО|ПК|ППО|[МГЧ][АБКОД]*(?:ДОУ|ОУ|У)|СОШ|ООШ|ШМП)(?![А-ЯЁа-яё])"
    rf"|^{BRANCHES}(?![А-ЯЁа-яё])"
)
_ONE_BODY = late(
    r"(?:[а-яё]+\s)?(?:администраци|совет|комитет|коллектив|дирекци|служба)[а-яё]{0,2}$", re.IGNORECASE
)
# Whose post goes with the name above it although a comma stands between: «Орлова И.П.,⏎заведующий⏎МБДОУ № 6».
_CHIEF = late(r"заведующ|директор|зам|начальник|руководител|старш")
_BRANCH_LIST = late(rf"\bпо {BRANCHES}\s*,$")
_BRANCH = late(rf"{BRANCHES}(?![А-ЯЁа-яё])")
# A run of blanks is entered at its beginning only and never given back: a text of nothing but line breaks is read once.
_SPLIT_LINES = late(
    r"(?:(?<!\s)\s+)?[;•]\s*+"
    r"|(?<!\s)[^\S\n]*+\n\s*+(?=(?:[-–—•]|\d{1,9}[.)])\s)"
    r"|(?<!\s)[^\S\n]*+\n[^\S\n]*+\n\s*+(?=[А-ЯЁ])"
)
_TORN = late(r"([А-Яа-яё]++)-[^\S\n]*+\n\s*+(?=[а-яё])")
# Words that stand before a hyphen of their own; after any other a narrow column has broken the word.
_COMPOUND = late(
    r"[а-яё]+о|[А-ЯЁ][а-яё]*[бвлч]ь?но|[Пп]едагог\w{0,3}|[Уу]чител\w{0,3}|[Ии]нструктор\w{0,3}|[Тт]ехник\w{0,3}|[Мм]астер\w{0,3}"
    r"|[Тт]ренер\w{0,3}|[Вв]оспитател\w{0,3}|[Нн]аставник\w{0,2}|[Вв]рач\w{0,2}"
)
_NUMBERED = late(r"(?<![№\s])\s++(?=\d{1,2}[.)]\s++[А-ЯЁа-яё])")


def chunks(text: str) -> Iterator[Chunk]:
    """Give the parts of a cell that lines, semicolons and bullets part for certain."""
    whole = _TORN.sub(lambda torn: torn[1] + ("-" if _COMPOUND.fullmatch(torn[1]) else ""), text)
    bare = re.sub(r"^[\s•–—-]+", "", whole)
    if re.match(r"1[.)]\s", bare):
        bare = _NUMBERED.sub("\n", bare)
    for block in _SPLIT_LINES.split(bare):
        lines = re.split(r"\n\s*", re.sub(r"^\s*(?:[-–—]|\d+[.)])\s+", "", block))
        yield from _paired(_joined([line for line in lines if line]))


def _joined(lines: Sequence[str]) -> list[str]:
    """Lay together what was broken in the middle of a party."""
    done: list[str] = []
    for at, line in enumerate(lines):
        if done and (not _starts(done[-1], line) or _tears_a_name(done[-1], " ".join(lines[at : at + 2]))):
            done[-1] = f"{done[-1]} {line}"
        else:
            done.append(line)
    return done


def _starts(above: str, line: str) -> bool:
    """Tell whether a new line begins a new party or goes on with the one above."""
    if above.rstrip().endswith((",", ";", ".")) and not _OPEN_END.search(above.rstrip(" ,.")):
        return not (_BRANCH_LIST.search(above) and _BRANCH.match(line))
    if _OPEN_END.search(above.strip()) or _DEPENDENT.match(line) or above.count("(") > above.count(")"):
        return False
    last = re.split(r"[,;]", above)[-1]
    if (_OF_POST.match(line) and WORKER.match(last) and re.search(r"[а-яё]$", above)) or (
        _OF_ONE.match(line) and (POST.match(last) or _ONE_BODY.match(last.strip()))
    ):
        return False
    return line[:1].isupper() or bool(HEAD.match(line))


def _tears_a_name(above: str, below: str) -> bool:
    """Tell whether the break lies inside a name: «Калачева⏎Е. А.», «Иванова⏎Анна⏎Ивановна»."""
    if above.rstrip().endswith((",", ";")):
        return False
    edge = len(above)
    return any(name.start() < edge < name.end() - 1 for name in persons(f"{above} {below}"))


def _paired(lines: Sequence[str]) -> Iterator[Chunk]:
    """Lay a post and the name of its holder together, whichever stands first.

    Names lead where they begin the list and a post stands below each; else a name goes to the post above it.
    """
    marks = "".join(map(_mark, lines))
    led = {at for found in re.finditer(r"(?<![NP])(?:NP)+(?!N)", marks) for at in range(*found.span())}
    at = 0
    while at < len(lines):
        two, after = marks[at : at + 2], marks[at + 2 : at + 3]
        headed = two in {"nP", "np"} and after not in {"N", "n"} and _CHIEF.match(lines[at + 1])
        if at in led or headed:
            yield f"{lines[at]} {lines[at + 1]}", True
            at += 2
        elif two in {"PN", "Pn", "LN", "Ln"}:
            yield f"{lines[at]} {lines[at + 1]}", False
            at += 2
        else:
            yield lines[at], False
            at += 1


def _mark(line: str) -> str:
    """Mark a line: N, a name alone; P, the post of one person; n and p, the same with a comma; L, a list that ends in a post; X, else."""
    bare = line.strip()
    if (name := PERSON.match(bare)) and persons(bare) and not bare[name.end() :].strip(" .,"):
        return "n" if bare.endswith(",") else "N"
    post = bare.rstrip(", ")
    last = re.split(r",\s*", post)[-1]
    if not last or not POST.match(last) or persons(last) or re.search(r"\sи\s", last):
        return "X"
    if last == post and begins(post):
        return "P" if post == bare else "p"
    return "L" if post == bare else "X"
