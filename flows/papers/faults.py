"""A fault of a template as one sentence: which file, which paragraph or cell, which tag, what is wrong, what would be right."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Any

import jinja2

from flows.domain.errors import Refused
from flows.papers.compiled import OFFICE, numbered, patched, written
from flows.papers.environment import ForbiddenTag, MissingField
from flows.papers.nearest import suggestion
from flows.papers.opening import opened
from flows.papers.package import Package, W, tree_of
from flows.papers.tag_filters import SPENT, Spent
from flows.papers.tag_pairs import MERGING, first_unpaired
from flows.papers.tags import PARTS, Tag, of_part, spots, tags
from flows.papers.unfilled import carriers
from flows.russian.doubt import Doubt

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

TROUBLE = (
    jinja2.TemplateError,
    Refused,
    TypeError,
    ValueError,
    ArithmeticError,
    AttributeError,
    KeyError,
    IndexError,
    RecursionError,
)
SMART = re.compile("[«»„“”]")
QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"")
LONGEST_TAG = 80


def told(label: str, where: str, tag: str, reason: str) -> str:
    """Return the sentence for a fault."""
    shown = f"{tag[:LONGEST_TAG]}…" if len(tag) > LONGEST_TAG else tag
    place = ", ".join(part for part in (label, where, f"метка «{shown}»" if shown else "") if part)
    return f"{place}: {reason.rstrip('.')}."


def misread(data: bytes, label: str) -> Refused:
    """Find the tag that stopped the template from being read and say so; parts are tried one by one."""
    package = opened(data, label)
    for name, part in _parts(package):
        try:
            OFFICE.compiled(numbered(patched(package.members[name], label)))
        except (*TROUBLE, AssertionError) as trouble:
            located = list(located_tags(package, name, part, label))
            tag = _at_line(trouble, numbered(patched(package.members[name], label)), located)
            return Refused(
                told(label, tag.where if tag else part, tag.text if tag else "", unreadable(trouble, tag))
            )
    return Refused(f"{label}: шаблон не читается; проверьте метки.")


def misprinted(data: bytes, label: str, context: Mapping[str, Any]) -> Exception:
    """Print the template again, slowly, to learn which tag failed; return the sentence, or the doubt itself."""
    package = opened(data, label)
    for name, part in _parts(package):
        source = numbered(patched(package.members[name], label))
        template = OFFICE.compiled(source)
        spent = Spent()
        try:
            written(template, context, spent)
        except Doubt as doubt:
            return doubt
        except TROUBLE as trouble:
            located = list(located_tags(package, name, part, label))
            tag = _named(trouble, line_tags(source, _line(trouble, template), located)) or _merging(
                trouble, located
            )
            return Refused(
                told(
                    label, tag.where if tag else part, tag.text if tag else "", unprintable(trouble, context)
                )
            )
        if part and spent.pictures:
            return Refused(
                told(label, part, "", "картинка может стоять только в тексте документа, не в колонтитуле")
            )
    unpaired = first_unpaired(package, label)
    if unpaired:
        return Refused(told(label, unpaired.where, unpaired.tag, unpaired.reason))
    return Refused(
        f"{label}: готовый документ не открылся бы в Word; проверьте, что «if» и «for» закрыты в тех же абзацах и ячейках, где открыты."
    )


def located_tags(package: Package, name: str, part: str, label: str) -> Iterator[Tag]:
    """Yield the tags of one part in the order in which they are read."""
    tree = tree_of(package.members[name], label)
    beside: dict[int, list[str]] = {}
    for element, _, text in carriers(tree):
        owner = next((each for each in (element, *element.iterancestors()) if each.tag == f"{W}p"), None)
        beside.setdefault(id(owner), []).extend(tag for _, tag in spots(text)[0])
    for paragraph in of_part(tree, part):
        yield from tags(paragraph)
        for text in beside.get(id(paragraph.element), []):
            yield Tag(text, paragraph, "", 0)


def unreadable(trouble: BaseException, tag: Tag | None) -> str:
    """Say why a tag cannot be read."""
    text = tag.text if tag else ""
    bare = QUOTED.sub("", text)
    if SMART.search(bare):
        return "кавычки внутри метки должны быть прямыми: \" или '"
    if isinstance(trouble, ForbiddenTag) and (not tag or not tag.word or tag.word in STATEMENTS):
        return str(trouble.message)
    if not (tag.inner if tag else "x"):
        return "метка пуста; впишите имя поля"
    known = next((told for wrong, told in SLIPS if wrong(bare)), "")
    if known:
        return known
    if re.match(r"\{%\s+(?:tr|tc|p|r)\s", text):
        return f"пробел перед «{text[2:].split()[0]}» лишний; пишите слитно: «{{%{text[2:].split()[0]} …»"
    return _misspelt(str(getattr(trouble, "message", trouble)), tag)


def _hidden(text: str) -> bool:
    return any(unicodedata.category(sign) == "Cf" for sign in text)


PREFIXED = re.compile(r"\{[{%#]\s{0,9}(\w{1,2})\s")
LOOKALIKES = str.maketrans("рРтТсСPTCR", "ppttccptcr")


def _alien_prefix(text: str) -> bool:
    """Tell a prefix in capitals or in Russian letters that look like it."""
    found = PREFIXED.match(text)
    return (
        found is not None
        and found[1] not in {"p", "tr", "tc", "r"}
        and found[1].translate(LOOKALIKES) in {"p", "tp", "tr", "tc"}
    )


RUSSIAN_WORD = re.compile(
    r"\{%\s{0,9}(?:(?:p|tr|tc|r)\s)?(?:если|иначе|конец|для|цикл|пока|каждый)\b", re.IGNORECASE
)
SLIPS: tuple[tuple[Callable[[str], bool], str], ...] = (
    (
        _hidden,
        "в метке есть невидимый знак (мягкий перенос или пробел нулевой ширины); наберите метку заново",
    ),
    (
        _alien_prefix,
        "буквы «p», «tr», «tc» после «%» – латинские строчные: наберите «{%p …%}», «{%tr …%}», «{%tc …%}»",
    ),
    (
        lambda text: bool(RUSSIAN_WORD.match(text)),
        "слова в метках английские: «if … else … endif», «for … in … endfor»",
    ),
    (
        lambda text: bool(re.search("[–—…]", text)),
        "в метке тире или многоточие, которые Word поставил сам; сотрите их и наберите заново",
    ),
    (
        lambda text: text.startswith(("{{{", "{{#", "{{/", "{{^", "{{>")),
        "лишний знак после «{{»: значение пишется «{{ поле }}», цикл – «{%p for … %}» … «{%p endfor %}»",
    ),
    (
        lambda text: "&" in text,
        "знака «&» в метках нет: тексты соединяют знаком «~», условия – словом «and»",
    ),
    (
        lambda text: bool(re.match(r"\{\{(?:p|tr|tc|r)\s", text)),
        "условия и циклы пишутся в скобках с процентом: «{%p if … %}»",
    ),
    (
        lambda text: bool(
            re.match(r"\{%\s*(?:p\s|tr\s|tc\s)?(?:el)?if\b", text) and re.search(r"(?<![=!<>])=(?!=)", text)
        ),
        "сравнивают двумя знаками: «==»",
    ),
    (
        lambda text: bool(
            re.match(r"\{%\s*(?:p\s|tr\s|tc\s)?for\b", text)
            and not re.search(r"\bfor\s+\w{1,40}(?:\s*,\s*\w{1,40})*\s+in\s+\S", text)
        ),
        "цикл пишется так: «for пара in пары»",
    ),
    (
        lambda text: text.startswith("{{") and "%}" in text,
        "открыта «{{», а закрыта «%}»; скобки должны быть одинаковые",
    ),
    (lambda text: text.count("'") % 2 == 1 or text.count('"') % 2 == 1, "кавычка внутри метки не закрыта"),
    (lambda text: text.count("(") != text.count(")"), "круглая скобка внутри метки не закрыта"),
)


def unprintable(trouble: BaseException, context: Mapping[str, Any]) -> str:
    """Say why a tag cannot be printed with this data."""
    if isinstance(trouble, MissingField):
        known = [key for key in context if key != SPENT] if trouble.known is None else list(trouble.known)
        return f"поля «{trouble.name}» нет{suggestion(trouble.name, known)}"
    if isinstance(trouble, Refused):
        return str(trouble)
    return "значения в метке нельзя сложить или сравнить; проверьте, что это числа или слова одного рода"


STATEMENTS = ("if", "elif", "else", "endif", "for", "endfor", "set")


def _misspelt(message: str, tag: Tag | None) -> str:
    word = tag.word if tag else ""
    if word and word not in STATEMENTS:
        return f"слова «{word}» в метках нет{suggestion(word, STATEMENTS)}"
    if "Unexpected end of template" in message or "unexpected end of template" in message:
        return "условие или цикл не закрыты; добавьте «endif» или «endfor»"
    if word in {"endif", "endfor", "else", "elif"}:
        return f"«{word}» стоит не на месте: открыто другое или ничего; проверьте порядок «if … endif» и «for … endfor»"
    if re.search(r"got '?(?:name|integer|string)", message) or "expected token 'end of" in message:
        return "лишнее слово; поле записи пишется через точку («наставник.вин»), имя из двух слов – через подчёркивание («учебный_год»)"
    return "метка написана с ошибкой; образец: «{{ наставник.вин }}»"


def _parts(package: Package) -> Iterator[tuple[str, str]]:
    yield package.main, ""
    for name, kind in package.rendered.items():
        yield name, PARTS[kind]


def _line(trouble: BaseException, template: jinja2.Template) -> int:
    line = 0
    step = trouble.__traceback__
    while step is not None:
        if step.tb_frame.f_globals.get("__jinja_template__") is template:
            line = template.get_corresponding_lineno(step.tb_lineno)
        step = step.tb_next
    return line


def _at_line(trouble: BaseException, source: str, located: list[Tag]) -> Tag | None:
    if "nexpected end of template" in str(trouble):
        return _left_open(located)
    found = line_tags(source, getattr(trouble, "lineno", 0) or 0, located)
    told_name = re.search(r"«([^«»]+)»", str(trouble)) or re.search(r"'([^']+)'", str(trouble))
    suspicious = [tag for tag in found if not _readable(tag)]
    named = [tag for tag in found if told_name and told_name[1] in tag.text]
    return next(iter([*suspicious, *named, *found]), None)


def _readable(tag: Tag) -> bool:
    if tag.word:
        return tag.word in STATEMENTS
    try:
        OFFICE.compiled(tag.text)
    except jinja2.TemplateError:
        return False
    return True


def _left_open(located: list[Tag]) -> Tag | None:
    waiting: list[Tag] = []
    for tag in located:
        if tag.word in {"if", "for"}:
            waiting.append(tag)
        elif tag.word in {"endif", "endfor"} and waiting:
            waiting.pop()
    return waiting[-1] if waiting else None


def line_tags(source: str, line: int, located: list[Tag]) -> list[Tag]:
    """Return the located tags that stand on a line of the patched text: the n-th like tag there is the n-th here."""
    return tags_by_line(source, located).get(line, [])


def tags_by_line(source: str, located: list[Tag]) -> dict[int, list[Tag]]:
    """Return the located tags of every line that has some, in one pass."""
    alike: dict[str, list[Tag]] = {}
    for tag in reversed(located):
        alike.setdefault(_core(tag.text), []).append(tag)
    found: dict[int, list[Tag]] = {}
    line, at = 1, 0
    for start, text in spots(source)[0]:
        line += source.count("\n", at, start)
        at = start
        same = alike.get(_core(text))
        if same:
            found.setdefault(line, []).append(same.pop())
    return found


def _merging(trouble: BaseException, located: list[Tag]) -> Tag | None:
    """Find the tag that merges cells outside a loop: what it becomes in print asks for the loop, and it stands there no more."""
    if not (isinstance(trouble, MissingField) and trouble.name == "loop"):
        return None
    return next((tag for tag in located if tag.word in MERGING), None)


def _core(text: str) -> str:
    plain = re.sub(r"<[^<>]+>", "", text).replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    bare = re.sub(r"^(?:(?:tr|tc|p|r)\s|\s{0,9}(?:colspan|cellbg)\s)", "", plain[2:-2].strip("-+")).strip()
    return re.sub(r"\s+", " ", re.sub("[“”]", '"', re.sub("[‘’]", "'", bare)))


def _named(trouble: BaseException, found: list[Tag]) -> Tag | None:
    name = trouble.name if isinstance(trouble, MissingField) else ""
    return next((tag for tag in found if name and name in tag.text), found[0] if found else None)
