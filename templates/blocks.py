"""Blocks that papers share: the organisation's head, requisites, signatures, acquaintance, appendix heads."""

from __future__ import annotations

from wordfile import columns, either, grid, lines, p, when

PEN_LINE = 72
BASIS = "В соответствии с {% if основания %}{{ основания|перечень }}{% else %}законодательством Российской Федерации{% endif %}"


POST = "{% if not участвуют.обучающиеся %}должность{% elif участвуют.с_должностью %}должность или класс{% else %}класс{% endif %}"
POST_TITLE = POST.replace("%}должность", "%}Должность").replace("%}класс", "%}Класс")
SIGNED_POST = "Должность{% if участвуют.обучающиеся %} или класс{% endif %}"


def organisation() -> str:
    """Return the organisation's head: founder, full name, short name, ruled off."""
    name = "{{ организация.название }}"
    return when("организация.учредитель", p("{{ организация.учредитель }}", "Org")) + either(
        "организация.есть_краткое",
        p(name, "Org") + p("({{ организация.краткое.им }})", "OrgName"),
        p(name, "OrgName"),
    )


def requisites(width: float) -> str:
    """Return an order's date and number, side by side, and the town."""
    return own_number(width) + when("организация.город", p("{{ организация.город }}", "Org"))


def own_number(width: float) -> str:
    """Return a paper's own date and number, side by side; blanks until it is registered."""
    return columns(
        [width - 50, 50],
        ["{{ документ.дата|дата }}", "№ {{ документ.номер|пропуск(12) }}"],
        style="Requisites",
    )


def order(width: float, subject: str) -> str:
    """Return everything of an order above its preamble."""
    return organisation() + p("ПРИКАЗ", "Doc") + requisites(width) + p(subject, "Subject")


def signature(width: float, who: str = "руководитель", style: str = "Sign") -> str:
    """Return a signature line: position, room for the pen, initials and surname; in the style `SignOn` it stays on the page of what follows."""
    return p("", "Gap") + columns(
        [width - 95, 45, 50],
        [f"{{{{ {who}.должность.им|с_прописной }}}}", "_______________", f"{{{{ {who}.инициалы }}}}"],
        style=style,
    )


def pen_signature(width: float, position: str, name: str, style: str = "Sign") -> str:
    """Return a signature line with a date for the pen; in the style `SignOn` it stays on the page of what follows.

    LibreOffice keeps only a table of single lines with what follows: there the hints are left to the signature below.
    """
    blank, day, widths = "____________", "___.___.20___", [width - 115, 35, 45, 35]
    if style == "SignOn":
        return columns(widths, [position, blank, name, day], style=style)
    return columns(widths, [position, f"{blank}\n^(подпись)", name, f"{day}\n^(дата)"], style=style)


def columns_of_signatures(width: float, *signers: tuple[str, str]) -> str:
    """Return a signature line for each signer: position, room for the pen, name."""
    return columns([width - 95, 45, 50], *[[position, "_______________", name] for position, name in signers])


def acquainted(title: str = "С приказом ознакомлены:", post: str = "Должность", spare: str = "") -> str:
    """Return the table of those who read the paper and sign for it.

    `post` heads what each of them is; `spare` tells when and how many rows follow for names by hand.
    """
    rows = [f"for строка in {spare}", ["", "", "", "", ""], "endfor"] if spare else []
    return when(
        f"ознакомить or {spare}" if spare else "ознакомить",
        p(title, "Lead"),
        grid([10, 58, 50, 28, 24], ["№", "Фамилия, имя, отчество", post, "Подпись", "Дата"],
             "for человек in ознакомить", ["^{{ loop.index }}", "{{ человек.им }}", "{{ человек.должность.им }}", "", ""], "endfor", *rows),
    )  # fmt: skip


def performer() -> str:
    """Return who prepared the paper and the telephone, under the signature (ГОСТ Р 7.0.97); nothing where nobody is named."""
    return when(
        "исполнитель",
        p(
            "{{ исполнитель.им }}{% if исполнитель.телефон %}\n{{ исполнитель.телефон }}{% endif %}",
            "Performer",
        ),
    )


def appendix(title: str, number: str = "") -> str:
    """Return the head of an appendix on a new page; number and date are the order's own."""
    label = f"Приложение № {number}" if number else "Приложение"
    return (
        p(label, "Annex")
        + lines(
            "AnnexMore",
            "к приказу {{ организация.краткое.род }}",
            "от {{ документ.дата|дата }} № {{ документ.номер|пропуск(8) }}",
        )
        + p("", "Gap")
        + p(title, "Heading")
    )


def addressee(*texts: str) -> str:
    """Return the addressee's block at the right."""
    return lines("Addressee", *texts) + p("", "Gap")


def number_of(paper: str, width: int = 6) -> str:
    """Return «от … № …» of another paper: what is registered, or blanks for the pen."""
    return f"от {{% if {paper} %}}{{{{ {paper}.дата|числом }}}}{{% else %}}___.___.20___{{% endif %}} № {{% if {paper} %}}{{{{ {paper}.номер|пропуск({width}) }}}}{{% else %}}{'_' * width}{{% endif %}}"


def annex(number: str) -> str:
    """Return the mark of an appendix to the order of introduction; number and date are that order's own.

    A registered paper that no such order approves is no appendix.
    """
    mark = lines(
        "AnnexTop", f"Приложение № {number}", "к приказу {{ организация.краткое.род }}", number_of("приказ")
    )
    return when("приказ or документ.проект", mark + p("", "Gap"))


OPINION = when(
    "участвуют.работники",
    p("Мнение представительного органа работников учтено\n(протокол от ___.___.20___ № ______)", "StampLine"),
)
"""For an act that touches pay (ТК РФ, ст. 8, 135, 372): no data tell the opinion, so it is for the pen whenever the act is signed."""


def approved(width: float, minutes: str = "") -> str:
    """Return the stamps above a programme or a regulation: considered by the council, approved by an order.

    A registered paper has no stamp with blanks: what no minutes tell is left out, and what no order approves is
    approved by the head on the day of registration (ГОСТ Р 7.0.97).
    """
    considered = number_of(minutes) if minutes else "от ___.___.20___ № ______"
    known = f"({minutes} and {minutes}.номер) or документ.проект" if minutes else "документ.проект"
    known = f"not управление and ({known})"
    head = "{{ руководитель.должность.им|с_прописной }}\n______________ {{ руководитель.инициалы }}"
    return columns([width / 2, width / 2], [
        f"{{%p if {known} %}}\n{'ПРИНЯТО' if minutes else 'РАССМОТРЕНО'}\nна заседании педагогического совета\nпротокол {considered}\n{{%p else %}}\n\n{{%p endif %}}",
        (f"{{%p if приказ or документ.проект %}}\nУТВЕРЖДЕНО\nприказом {{{{ организация.краткое.род }}}}\n{number_of('приказ')}"
        f"\n{{%p else %}}\nУТВЕРЖДАЮ\n{head}\n{{{{ документ.дата|числом }}}}\n{{%p endif %}}"),
    ], style="StampLine")  # fmt: skip


def by_sex(who: str, man: str, woman: str, unknown: str) -> str:
    """Return a word agreed with the sex of `who`; the neutral one where nobody is named or the sex is not known."""
    return f"{{% if {who} and {who}.пол == 'ж' %}}{woman}{{% elif {who} and {who}.пол == 'м' %}}{man}{{% else %}}{unknown}{{% endif %}}"


def rows_for_pen(count: int, cells: int) -> list[list[str]]:
    """Return empty rows of a table to be written by hand."""
    return [[""] * cells for _ in range(count)]


def by_hand(count: int = 2) -> str:
    """Return ruled lines for a text written by hand."""
    return "".join(p("_" * PEN_LINE, "PenLine") for _ in range(count))
