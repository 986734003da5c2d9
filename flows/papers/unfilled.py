"""Tags where a paper could not be filled, or would break: refused with the place, in the check and in printing alike.

| where the tag stands | why not |
|---|---|
| a chart, SmartArt, custom XML, the file's properties but title, author and the like | nobody fills these parts |
| a hyperlink's address | the same |
| a control bound to data | Word puts the data back when the file opens |
| a tracked deletion | it would still be filled |
| half in a change, a link, a control or a smart tag | the other half would not be closed |
| a formula, a field, a caption for the blind: in pieces, with a picture or with «{%p» | only whole values are filled there |
| a table's rows or cells («{%tr», «{%tc») outside tables, text before «{%-» or after «-%}» | it would be lost |
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flows.domain.errors import Refused
from flows.papers import outside
from flows.papers.package import CORE, TYPES, Package, W, tree_of
from flows.papers.tags import CLOSERS, OPENERS, PARTS, Fault, Paragraph, Tag, of_part, spots, tags

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lxml.etree import _Element

NAMES = (
    ("charts/", "диаграмма", "в диаграмме"), ("diagrams/", "схема SmartArt", "в схеме SmartArt"),
    ("customXml/", "данные элементов управления", "в данных элементов управления (customXml)"),
    ("docProps/", "свойства файла", "в этих свойствах файла («Файл – Сведения»)"),
    ("core-properties/", "свойства файла", "в этих свойствах файла («Файл – Сведения»)"), ("", "служебная часть файла", "в служебной части файла"),
)  # fmt: skip
SKIPPED = ("word/glossary/", "_rels/", "word/comments")
STRAY = re.compile(r"\}\}|%\}")
PICTURE = re.compile(r"\|\s{0,9}картинка\b")
CORE_XPATH = "coreProperties"
WRAPPERS = {
    "ins": "в исправлении; примите исправления («Рецензирование – Принять»)", "moveTo": "в исправлении; примите исправления («Рецензирование – Принять»)",
    "hyperlink": "в ссылке; уберите ссылку", "sdtContent": "в элементе управления содержимым; удалите его, текст останется",
    "smartTag": "в смарт-теге Word; сохраните файл заново в новом Word", "fldSimple": "в поле Word; замените поле текстом (Ctrl+Shift+F9)",
}  # fmt: skip
ELSEWHERE = "в другой разметке; вырежьте это место и вставьте «Только текст»"
CARRIERS = {
    "instrText": "в поле Word",
    "oMath": "в формуле",
    "delText": "в зачёркнутом",
    "delInstrText": "в зачёркнутом",
}
SAID = 40
# A part is walked only when it has something that a tag could be spoilt by; Word's plain text has none of it.
HOLDERS = re.compile(
    rb"<w:(?:ins|del|moveTo|moveFrom|hyperlink|sdt|smartTag|fldSimple|customXml|bdo|dir|ruby|delText|delInstrText)[ />]"
)
MINUS = re.compile(rb"%(?:<[^<>]*+>)*+-|-(?:<[^<>]*+>)*+%")
IN_ATTRIBUTE = re.compile(rb'="(?:[^"<>{]|\{(?![{%#]))*+\{[{%#]')
IN_OTHER_TEXT = re.compile(rb"<(?!/|w:t[ />])[^<>]*+>[^<{}]*+[{}]")
DRAWING = "картинка".encode()
TAGGED = re.compile(rb"\{(?:<[^<>]*+>|\s)*+[{%#]")


def refuse_unfilled(package: Package, label: str) -> None:
    """Raise `Refused` with the first tag that would not be filled."""
    for fault in unfilled(package, label):
        tag = f"метка «{fault.tag}»" if fault.tag else ""
        raise Refused(f"{', '.join(filter(None, (label, fault.where, tag)))}: {fault.reason.rstrip('.')}.")


def unfilled(package: Package, label: str) -> Iterator[Fault]:
    """Yield the tags of a template that would not be filled, those of the text first, in their order."""
    for name in (package.main, *package.rendered):
        content, part = package.members[name], PARTS.get(package.rendered.get(name, ""), "")
        if _suspicious(content, in_text=name == package.main):
            tree = tree_of(content, label)
            found = list(of_part(tree, part))
            for paragraph in found:
                yield from _of_paragraph(paragraph)
            yield from _carried(tree, found, part)
            yield from _bound(tree, found, package)
    yield from _in_parts(package, label)
    yield from _in_addresses(package, label)


def _suspicious(content: bytes, *, in_text: bool) -> bool:
    if b"{" not in content:
        return False
    signs = (HOLDERS, MINUS, IN_ATTRIBUTE, IN_OTHER_TEXT)
    return any(sign.search(content) for sign in signs) or (not in_text and DRAWING in content)


def _of_paragraph(paragraph: Paragraph) -> Iterator[Fault]:
    yield from _deleted(paragraph)
    if OPENERS.search(paragraph.text) is None:
        return
    pieces = _pieces(paragraph)
    for tag in tags(paragraph):
        if reason := _torn(tag, pieces) or _swallowing(tag) or _drawn(tag):
            yield Fault("tag-torn", tag.where, tag.text, reason)


def _deleted(paragraph: Paragraph) -> Iterator[Fault]:
    struck = "".join(
        each.text or ""
        for each in paragraph.element.iter(f"{W}delText", f"{W}t")
        if each.tag == f"{W}delText" or _in_deletion(each)
    )
    if "{" in struck or "}" in struck:
        yield Fault(
            "tag-deleted",
            paragraph.where,
            struck[:SAID].strip(),
            "метка стоит в зачёркнутом исправлении и всё равно сработает; примите исправления («Рецензирование – Принять»)",
        )


def _in_deletion(element: _Element) -> bool:
    if next(element.iterancestors(f"{W}del", f"{W}moveFrom"), None) is not None:
        return True
    return any(row.find(f"{W}trPr/{W}del") is not None for row in element.iterancestors(f"{W}tr"))


def _torn(tag: Tag, pieces: Sequence[tuple[int, _Element]]) -> str:
    """Return why a tag whose ends lie in two different holders breaks the file; the middle may lie anywhere."""
    inside = [
        element
        for start, element in pieces
        if start < tag.at + len(tag.text) and start + len(element.text or " ") > tag.at
    ]
    holders = [_holder(each) for each in (inside[0], inside[-1])] if inside else []
    if not holders or holders[0] is holders[-1]:
        return ""
    names = [_local(each) for each in holders if each is not None]
    what = next((WRAPPERS[name] for name in names if name in WRAPPERS), ELSEWHERE)
    return f"метка наполовину стоит {what} или наберите метку заново"


def _holder(text: _Element) -> _Element | None:
    run = next(text.iterancestors(f"{W}r"), None)
    return None if run is None else run.getparent()


def _pieces(paragraph: Paragraph) -> list[tuple[int, _Element]]:
    """Return the texts of the paragraph itself, not of text boxes in it, with where each starts."""
    found: list[tuple[int, _Element]] = []
    at = 0
    for each in paragraph.element.iter(f"{W}t", f"{W}tab", f"{W}br"):
        if next(each.iterancestors(f"{W}p")) is paragraph.element and (each.text or each.tag != f"{W}t"):
            found.append((at, each))
            at += len(each.text or " ")
    return found


def _swallowing(tag: Tag) -> str:
    """Return why a tag with «-» at its end takes text of its paragraph with it, "" for one that does not."""
    before, after = tag.paragraph.text[: tag.at], tag.paragraph.text[tag.at + len(tag.text) :]
    if tag.text.startswith("{%-") and before.strip():
        return "знак «-» в начале метки стирает текст перед ней в этом абзаце; уберите «-»"
    if tag.text.endswith("-%}") and after.strip():
        return "знак «-» в конце метки стирает текст после неё в этом абзаце; уберите «-»"
    return ""


def _drawn(tag: Tag) -> str:
    if tag.paragraph.part and PICTURE.search(tag.text):
        return "картинка может стоять только в тексте документа, не в колонтитуле и не в сноске"
    return ""


def _carried(tree: _Element, found: Sequence[Paragraph], part: str) -> Iterator[Fault]:
    """Yield the tags that stand in formulas, fields and attributes, where only whole plain values can be filled."""
    for element, where, text in carriers(tree):
        for tag, reason in _unfit(text, where):
            yield Fault("tag-place", _place(element, found, part), tag[:SAID].strip(), reason)


def carriers(tree: _Element) -> Iterator[tuple[_Element, str, str]]:
    """Yield the texts of a part beside its runs that hold tags: the element, where that is in words, the text."""
    for element in tree.iter("{*}*"):
        for text in (
            element.text or "" if element.tag != f"{W}t" else "",
            *map(str, element.attrib.values()),
        ):
            if ("{" in text and OPENERS.search(text)) or "}}" in text:
                yield element, _carrier(element, inside=text == element.text), text


def _carrier(element: _Element, *, inside: bool) -> str:
    if not inside:
        return "в подписи или свойстве объекта"
    names = [_local(element), *map(_local, element.iterancestors())]
    return next((CARRIERS[name] for name in names if name in CARRIERS), "вне обычного текста")


def _unfit(text: str, where: str) -> Iterator[tuple[str, str]]:
    told, unclosed = spots(text)
    bare = text
    for _, tag in told:
        bare = bare.replace(tag, "", 1)
    if unclosed is not None or STRAY.search(bare):
        yield (
            text,
            f"метка {where} разорвана на куски; наберите её заново целиком или перенесите в обычный текст",
        )
    for _, tag in told:
        if PICTURE.search(tag):
            yield tag, f"картинка может стоять только в обычном тексте, а метка стоит {where}"
        elif re.match(r"\{[{%#](?:tr|tc|p|r)\s", tag):
            yield tag, f"такая метка работает только в обычном тексте, а стоит {where}"
        elif '"' in tag and where not in CARRIERS.values():
            yield tag, f"метка стоит {where}: кавычки внутри неё пишите одинарные «'»"


def _place(element: _Element, found: Sequence[Paragraph], part: str) -> str:
    """Return in words where an element stands: its paragraph, or the first one after its beginning."""
    own = next((each for each in (element, *element.iterancestors()) if each.tag == f"{W}p"), None)
    own = next(element.iter(f"{W}p"), None) if own is None else own
    return next((each.where for each in found if each.element is own), part)


def _bound(tree: _Element, found: Sequence[Paragraph], package: Package) -> Iterator[Fault]:
    """Yield the tags in controls whose text Word takes from data; title, author and the like are filled in both places."""
    core = package.members.get(CORE, b"").decode("utf-8", "replace")
    for control in tree.iter(f"{W}sdt"):
        data = control.find(f"{W}sdtPr/{{*}}dataBinding")
        inner = control.find(f"{W}sdtContent")
        if data is None or inner is None:
            continue
        text = "".join(each.text or "" for each in inner.iter(f"{W}t"))
        for _, tag in spots(text)[0]:
            if CORE_XPATH not in str(data.get(f"{W}xpath", "")) or tag not in core:
                yield Fault(
                    "tag-bound",
                    _place(control, found, ""),
                    tag,
                    "метка стоит в элементе управления, связанном с данными: Word вернёт туда прежний текст; удалите элемент управления, текст останется",
                )


def _in_parts(package: Package, label: str) -> Iterator[Fault]:
    seen: set[tuple[str, str]] = set()
    own = {package.main, CORE, TYPES, *package.rendered}
    for name, content in package.members.items():
        if (
            name in own
            or not name.endswith((".xml", ".psmdcp"))
            or name.startswith(SKIPPED)
            or TAGGED.search(content) is None
        ):
            continue
        tag = _first_tag(tree_of(content, label))
        if not tag:
            continue
        called, told = next((called, told) for mark, called, told in NAMES if mark in name)
        place = ", ".join(filter(None, (outside.part_place(package, name, label), called)))
        if (place, tag) not in seen:
            seen.add((place, tag))
            yield Fault(
                "tag-unfilled",
                place,
                tag,
                f"метки {told} программа не заполняет; перенесите её в текст документа",
            )


def _first_tag(tree: _Element) -> str:
    """Return the first tag in a part that is no text of its own, though it be cut into pieces; "" for none."""
    texts = ["".join(map(str, each.itertext())) for each in tree.iter("{*}p")]
    texts += [
        text for each in tree.iter("{*}*") for text in (each.text or "", *map(str, each.attrib.values()))
    ]
    return next((tag for text in texts if "{" in text for _, tag in spots(text)[0]), "")


def _in_addresses(package: Package, label: str) -> Iterator[Fault]:
    for link in outside.links(package.members, label):
        if any(mark in link.target for mark in CLOSERS):
            yield Fault(
                "tag-unfilled",
                outside.where(package, link, label),
                link.target[:SAID],
                "метку в адресе ссылки программа не заполняет; поставьте её в текст, а ссылку уберите",
            )


def _local(element: _Element) -> str:
    return str(element.tag).rpartition("}")[2]
