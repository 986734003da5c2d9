"""Write templates/README.md from the catalogue, the filters and the fields themselves: python templates/reference.py."""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path
from zipfile import ZipFile

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))

from flows.domain.catalogue.record import FILE, kinds  # noqa: E402 - the checkout is not installed when this runs
from flows.domain.documents.builders import BUILDERS  # noqa: E402
from flows.domain.documents.own_kinds import of_pair  # noqa: E402
from flows.domain.documents.specimen import specimen  # noqa: E402
from flows.papers.shapes import shape, shape_of  # noqa: E402

SUBJECTS = {
    "organisation": "один на учебный год", "event": "на каждый срок строки", "pair": "на каждую пару", "mentor": "на каждого наставника",
    "mentee": "на каждого наставляемого", "participant": "на каждого участника", "council": "на каждый педсовет",
}  # fmt: skip
RECORDS = (
    ("пара", {"наставник", "наставляемые", "доплата"}), ("человек", {"им", "инициалы", "должность"}), ("ФИО и телефон", {"инициалы", "телефон"}), ("ФИО по падежам", {"им", "инициалы"}),
    ("слово по падежам", {"им", "род"}),
)  # fmt: skip
INTRODUCTION = """# Шаблоны документов

Этот файл составлен программой (`python templates/reference.py`); тест следит, чтобы он не отставал.

Шаблон – обычный файл Word. Откройте его, правьте слова, шрифты и поля страницы; метки в фигурных скобках программа заменит данными.
Копия шаблона в папке «Шаблоны» организации важнее нашей. После правки проверьте файл: `nastavnik templates check ФАЙЛ`.

## Метки

| Что нужно | Как написать |
|---|---|
| вставить значение | `{{ наставник.вин }}` |
| значение или место для ручки | `{{ документ.номер\\|пропуск }}`, длина в знаках – `\\|пропуск(12)` |
| дата словами или место для даты | `{{ документ.дата\\|дата }}` |
| дата цифрами | `{{ пара.начало\\|числом }}` |
| первая буква прописная | `{{ руководитель.должность.им\\|с_прописной }}` |
| список через запятую | `{{ пары\\|map('код')\\|перечень }}` |
| абзац, только если есть значение | `{%p if куратор %}` … `{%p endif %}`, каждая метка отдельным абзацем |
| повторить абзац | `{%p for пара in пары %}` … `{%p endfor %}` |
| повторить строку таблицы | `{%tr for пара in пары %}` … `{%tr endfor %}`, каждая метка отдельной строкой |
| повторить ячейку | `{%tc for ячейка in строка %}` … `{%tc endfor %}` |
| условие внутри абзаца | `{% if пара.это_группа %}группа{% else %}пара{% endif %}` |
| номер строки в цикле | `{{ loop.index }}` |
| рисунок из данных справки | `{{ рисунок\\|картинка }}` |
| пометка для себя, которой в документе нет | `{#p на выбор: … #}`, отдельным абзацем |

Скобки двойные, без пробела между ними; кавычки внутри меток прямые. Рядом с `{%p …%}`, `{%tr …%}`, `{%tc …%}` другого текста быть не должно: он пропадёт.
Пустое значение без `|пропуск` – ошибка, а не пустое место. Форма слова, которую программа не знает, – вопрос человеку, а не догадка.

## Записи

* **слово по падежам**: `им`, `род`, `дат`, `вин`, `тв` (или `твор`), `пр` (или `предл`)
* **ФИО по падежам**: то же и `инициалы` («И.О. Фамилия»), `кратко` («Фамилия И.О.»), `кратко_род` … `кратко_пр`, `обращение` («Имя Отчество»), `пол`
* **ФИО и телефон**: то же, что ФИО по падежам, и `телефон`
* **номер и дата**: `номер`, `дата` – того, что зарегистрировано; если ещё не зарегистрировано, записи нет
"""
CHOICES = """## Что выбирает организация

В локальных актах над абзацем, который организация вправе изменить, стоит серая строка `{#p на выбор: … #}`: она говорит, что именно
можно выбрать. В готовый документ эти строки не попадают, проверку шаблона они проходят. Числа, перечни и порядок под такой строкой –
предложение, закон их не устанавливает: поправьте их или удалите абзац вместе со строкой, номера пунктов сдвинутся сами.
Абзац без такой строки передаёт требование закона, называет сам документ или его части: меняйте его вместе с юристом.
В методике без пометки стоят правила, по которым считает программа, в программах – то, что она берёт из данных.
То, чего закон в день документа ещё не требовал, программа не печатает сама (условие `{%p if нормы.… %}`).

Сколько таких абзацев в шаблонах: """
OWN_KIND = """## Свой вид документа

1. Положите в папку «Шаблоны» файл Word или документ Google с метками; название файла – название вида, например «Приказ о конкурсе наставников».
2. Во вкладке «Настройки», в блоке «Виды документов», впишите строку: вид, шаблон (если файл назван иначе), папка («02 Приказы/Проекты»), за сколько рабочих дней готовить.
3. Во вкладке «Дорожная карта», в столбце «Готовить документ», впишите название вида: документ появится к каждому сроку строки.

Вид с папкой «03 Пары» готовится для каждой пары. Так же меняют папку, срок и шаблон обычного вида: впишите его название в тот же блок.
Поля своего вида, сверх полей каждого документа («пара» и «наставник» – только у вида из папки «03 Пары»):
"""


def made(name: str, shape: object) -> str:
    """Return a field with what stands behind it in words."""
    if isinstance(shape, list):
        return made(f"{name}[]", shape[0])
    if not isinstance(shape, dict) or not shape.keys() - {"·"}:
        return f"`{name}`"
    known = next((word for word, keys in RECORDS if keys <= shape.keys()), None) or (
        "номер и дата" if shape.keys() == {"номер", "дата"} else None
    )
    return (
        f"`{name}` – {known}"
        if known
        else f"`{name}`: " + ", ".join(made(key, value) for key, value in shape.items() if key != "·")
    )


def record(word: str, shape: dict[str, object]) -> str:
    """Return a record's fields as a line."""
    plain = {key: value for key, value in shape.items() if key not in FORMS}
    return f"* **{word}**: {'ФИО по падежам и ' if word == 'человек' else ''}" + ", ".join(
        made(key, value) for key, value in plain.items()
    )


FORMS = frozenset(
    (
        "им",
        "род",
        "дат",
        "вин",
        "тв",
        "пр",
        "твор",
        "предл",
        "инициалы",
        "кратко",
        "обращение",
        "пол",
        *(f"кратко_{case}" for case in ("род", "дат", "вин", "тв", "пр", "твор", "предл")),
    )
)


def choices() -> str:
    """Return how the organisation's choices are marked, and in which templates."""
    marks = {kind: _marks(kind) for kind in BUILDERS}
    return (
        CHOICES + ", ".join(f"`{kind}` – {count}" for kind, count in sorted(marks.items()) if count) + ".\n"
    )


def _marks(kind: str) -> int:
    with ZipFile(HERE / f"{kind}.docx") as file:
        return file.read("word/document.xml").decode().count("{#p на выбор: ")


def own_kind() -> list[str]:
    """Return how staff add a kind without programming."""
    shared = shape_of("scenario")
    fields = {
        name: value
        for name, value in shape(of_pair(specimen("consent.duty", "pair"))).items()
        if name not in shared
    }
    return [OWN_KIND, *(f"* {made(name, value)}" for name, value in fields.items()), ""]


def text() -> str:
    """Return the reference."""
    pairs = shape_of("order.pairs")
    shared = shape_of("scenario")
    lines = [
        INTRODUCTION.rstrip(),
        record("человек", pairs["пары"][0]["наставник"]),
        record("пара", pairs["пары"][0]),
        "",
        "## Поля каждого документа",
        "",
    ]
    lines += [f"* {made(name, value)}" for name, value in shared.items()]
    lines += [
        "",
        "## Виды документов",
        "",
        "| Вид | Документ | Сколько | Проект за, раб. дн. |",
        "|---|---|---|---|",
    ]
    dated = {each["id"] for each in tomllib.loads(FILE.read_text("utf-8"))["kind"] if "lead_days" in each}
    for kind in kinds().values():
        days = str(kind.lead_days) if kind.id in dated else "по событию"
        told = [SUBJECTS[kind.subject], days] if kind.made else [kind.why_not, ""]
        lines.append(f"| `{kind.id}` | {kind.title} | " + " | ".join(told) + " |")
    lines += ["", choices(), *own_kind(), "## Свои поля видов", "", "Сверх полей каждого документа.", ""]
    for kind in BUILDERS:
        own = {name: value for name, value in shape_of(kind).items() if name not in shared}
        if own:
            lines.append(f"* `{kind}`: " + "; ".join(made(name, value) for name, value in own.items()))
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    (HERE / "README.md").write_text(text(), encoding="utf-8")
