"""Faults that show in the tags themselves, one small rule each: braces, quotes, words, pairs of «if … endif», lost text."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

import jinja2

from flows.papers.compiled import OFFICE
from flows.papers.faults import unreadable
from flows.papers.package import W
from flows.papers.tag_pairs import MERGING, unpaired
from flows.papers.tags import Fault, Paragraph, Tag, spots, tags

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

SINGLE = re.compile(
    r"(?<!\{)\{(?!\{|%|#)\s{0,20}(?:\{\s{0,20})?[\w.|()\s]{1,60}?(?:\}\s{0,20})?\}(?!\})|\{\s{1,20}[{%]"
)
STRAY = re.compile(r"\}\}|%\}")
WORDS = re.compile(r"[^\W\d_]+(?:_[^\W\d_]+)*")
TRIED = {
    "if": ("", "{% endif %}"),
    "elif": ("{% if 1 %}", "{% endif %}"),
    "for": ("", "{% endfor %}"),
    "set": ("", ""),
}
VALUED = frozenset({"colspan", "cellbg"})  # cells as wide or as coloured as a value says
WHOLE = {"p": "абзац", "tr": "строку таблицы", "tc": "ячейку"}
NOTE_OPEN = "открыта пометка для себя, но не закрыта: допишите «#}»; если это цикл другой программы, здесь он пишется «{%p for … %}»"
TAGS_KEPT = 4096
REPAIRED = str.maketrans("“”‘’", "\"\"''")


def tag_faults(part: Sequence[Paragraph]) -> Iterator[Fault]:
    """Yield the faults of one part's paragraphs, those of single tags first, then of their pairs."""
    spoilt: set[int] = set()
    for paragraph in part:
        found = list(_of_paragraph(paragraph))
        spoilt.update(id(paragraph.element) for _ in found[:1])
        yield from found
    sound = [tag for paragraph in part if id(paragraph.element) not in spoilt for tag in tags(paragraph)]
    if not spoilt:
        yield from unpaired(sound)


def _of_paragraph(paragraph: Paragraph) -> Iterator[Fault]:
    yield from _braces(paragraph)
    for tag in tags(paragraph):
        fault = _spelling(tag) or _mixed_letters(tag) or _misplaced(tag) or _lost_text(tag)
        if fault:
            yield fault


def _braces(paragraph: Paragraph) -> Iterator[Fault]:
    found, unclosed = spots(paragraph.text)
    rest = list(paragraph.text)
    for at, text in found:
        rest[at : at + len(text)] = " " * len(text)
    bare = "".join(rest)
    if unclosed is not None:
        yield Fault(
            "tag-open",
            paragraph.where,
            paragraph.text[unclosed:][:40].strip(),
            NOTE_OPEN
            if paragraph.text.startswith("{#", unclosed)
            else "открыта, но не закрыта; допишите «}}» или «%}» в том же абзаце",
        )
        bare = bare[:unclosed]
    slip = SINGLE.search(bare)
    if slip:
        yield Fault(
            "tag-braces",
            paragraph.where,
            slip[0].strip(),
            "скобки должны быть двойными и без пробела между ними: «{{ … }}»; сейчас это напечатается как есть",
        )
    elif STRAY.search(bare):
        yield Fault(
            "tag-braces",
            paragraph.where,
            "",
            "закрывающие скобки «}}» стоят без открывающих; уберите их или допишите «{{»",
        )


def _spelling(tag: Tag) -> Fault | None:
    if tag.text.startswith("{#"):
        return None
    text = tag.text.translate(REPAIRED)
    word = tag.word
    if word in {"else", "endif", "endfor"}:
        return (
            None
            if tag.inner == word
            else Fault(
                "tag-words",
                tag.where,
                tag.text,
                f"после «{word}» лишние слова{'; второе условие пишется «elif …»' if word == 'else' else ''}",
            )
        )
    if word in MERGING:
        return (
            None
            if tag.inner == word
            else Fault("tag-words", tag.where, tag.text, f"после «{word}» лишние слова")
        )
    before, after = TRIED.get(word, ("", ""))
    tried = f"{before}{{% {tag.inner.translate(REPAIRED)} %}}{after}" if word in TRIED else text
    if word in VALUED:
        tried = f"{{{{ {tag.inner.removeprefix(word).translate(REPAIRED)} }}}}"
    if tag.prefix and not word:
        tried = f"{{{{ {tag.inner.translate(REPAIRED)} }}}}"
    trouble = _unread(tried)
    return Fault("tag-spelling", tag.where, tag.text, unreadable(trouble, tag)) if trouble else None


@lru_cache(maxsize=TAGS_KEPT)
def _unread(source: str) -> jinja2.TemplateError | None:
    """Return why a tag cannot be read; a template has the same tag many times."""
    try:
        OFFICE.compiled(source)
    except jinja2.TemplateError as trouble:
        return trouble.with_traceback(None)
    return None


def _mixed_letters(tag: Tag) -> Fault | None:
    if tag.text.startswith("{#"):
        return None
    for name in WORDS.findall(re.sub(r"'[^']*'|\"[^\"]*\"", "", tag.inner)):
        latin = [letter for letter in name if "a" <= letter.lower() <= "z"]
        if latin and any("а" <= letter.lower() <= "я" or letter in "ёЁ" for letter in name):
            return Fault(
                "tag-letters",
                tag.where,
                tag.text,
                f"в слове «{name}» смешаны русские и латинские буквы; наберите его заново в одной раскладке",
            )
    return None


def _misplaced(tag: Tag) -> Fault | None:
    """Find a row's or a cell's tag outside tables, and a prefix that no plain space follows."""
    if tag.word in MERGING | VALUED and (reason := _not_in_a_cell(tag)):
        return Fault("tag-place", tag.where, tag.text, reason)
    if tag.prefix in {"tr", "tc"} and tag.paragraph.row is None:
        return Fault(
            "tag-place",
            tag.where,
            tag.text,
            f"метка «{tag.prefix}» работает только в таблице; здесь нужна «p»: «{{%p …%}}»",
        )
    if tag.prefix and not tag.text[2:].startswith(f"{tag.prefix} "):
        return Fault(
            "tag-place",
            tag.where,
            tag.text,
            f"после «{tag.prefix}» нужен обычный пробел, а стоит неразрывный или табуляция; наберите его заново",
        )
    return None


def _not_in_a_cell(tag: Tag) -> str:
    cell = next(tag.paragraph.element.iterancestors(f"{W}tc"), None)
    if cell is None:
        return f"метка «{tag.word}» работает только в ячейке таблицы"
    if next(cell.iterfind(f"{W}tcPr/*"), None) is None:
        return f"для метки «{tag.word}» у ячейки должна быть ширина: «Свойства таблицы – Ячейка – Ширина»"
    return ""


def _lost_text(tag: Tag) -> Fault | None:
    """Find text beside a tag that takes its whole paragraph, row or cell away with it."""
    if tag.prefix not in WHOLE:
        return None
    around = _around(tag)
    if around.replace(tag.text, "", 1).strip():
        return Fault(
            "tag-lost-text",
            tag.where,
            tag.text,
            f"метка занимает весь {WHOLE[tag.prefix]}, текст рядом с ней пропадёт; перенесите его в соседний {WHOLE[tag.prefix]}".replace(
                "весь строку", "всю строку"
            )
            .replace("весь ячейку", "всю ячейку")
            .replace("соседний строку", "соседнюю строку")
            .replace("соседний ячейку", "соседнюю ячейку"),
        )
    return None


def _around(tag: Tag) -> str:
    element = tag.paragraph.element
    if tag.prefix == "p":
        return tag.paragraph.text
    holder = next(element.iterancestors(f"{W}{tag.prefix}"), None)
    return (
        "".join(each.text or "" for each in holder.iter(f"{W}t"))
        if holder is not None
        else tag.paragraph.text
    )
