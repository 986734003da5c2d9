"""The tabs of the organisation's workbook, each named once.

`config/workbook.toml` holds what stands in them; a test holds the two equal. Code never spells a title itself: a tab
that is renamed in the book alone would then be read by nobody, and no test would say so.
"""

from __future__ import annotations

from typing import Final

ROADMAP: Final = "Дорожная карта"
MENTORS: Final = "Наставники"
MENTEES: Final = "Наставляемые"
PAIRS: Final = "Пары"
MEETINGS: Final = "Встречи"
SURVEYS: Final = "Анкеты"
SCORE_CARD: Final = "Карта оценки"
STAFF_EVENTS: Final = "Кадровые события"
DIFFICULTIES: Final = "Затруднения"
DECLENSIONS: Final = "Склонения"
REGISTER: Final = "Документы"
REQUESTS: Final = "Запросы"
FINDINGS: Final = "Проверка"
JOURNAL: Final = "Журнал"
SETTINGS: Final = "Настройки"
SCHEME: Final = "_схема"
NOTE_FIGURES: Final = "_справки"

# Of a district's own book besides, or instead of the tabs of people (`config/district.toml`).
ORGANISATIONS: Final = "Организации"
PERFORMANCE: Final = "Исполнение"
FIGURES: Final = "Мониторинг"
INDICATORS: Final = "Показатели"
MENTOR_BASE: Final = "База наставников"
PROGRAMMES: Final = "Программы"
CURATORS: Final = "Кураторы"
PRACTICES: Final = "Практики"
