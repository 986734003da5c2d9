"""The words that say how something stands, each spelled once, and what they mean together.

They are what people choose from the lists of `config/workbook.toml`; a test holds each of them to be there. Words that
look alike but are of different things have different names: a mentor who `LEFT` the list is not an event `DISMISSED`,
a meeting that was `CALLED_OFF` is not a paper that is `CANCELLED`.
"""

from __future__ import annotations

from typing import Final

# A roadmap row, «Статус». What is done or not needed owes nothing more; what is not needed calls for no paper either.
DONE: Final = "выполнено"
NOT_NEEDED: Final = "не требуется"
SETTLED: Final = frozenset({DONE, NOT_NEEDED})

# Flags of a term that was read but cannot be meant: no paper is made by it.
IMPOSSIBLE_DATE: Final = "impossible-date"
REVERSED: Final = "reversed"
OUTSIDE_PERIOD: Final = "outside-period"
STOPPING: Final = frozenset({IMPOSSIBLE_DATE, REVERSED, OUTSIDE_PERIOD})

# A person or a pair, «Состояние».
ACTIVE: Final = "действует"
ON_LEAVE: Final = "перерыв"
LEFT: Final = "выбыл"
PROPOSED: Final = "предложена"
AGREED: Final = "согласована"
PROLONGED: Final = "продлена"
FINISHED: Final = "завершена"
BROKEN: Final = "прекращена"
# A pair that meets; a pair that meets no more, whether it came to its end or was broken off.
WORKING: Final = frozenset({AGREED, ACTIVE, PROLONGED})
ENDED: Final = frozenset({FINISHED, BROKEN})

# A meeting, «Статус».
HELD: Final = "состоялась"
MOVED: Final = "перенесена"
CALLED_OFF: Final = "отменена"

# A personnel event, «Что».
DISMISSED: Final = "уволен"
CARE_LEAVE: Final = "отпуск по уходу"
TRANSFERRED: Final = "перевод"
RENAMED: Final = "смена фамилии"
NEW_POST: Final = "смена должности"
ATTESTED: Final = "аттестация"
CONTEST: Final = "конкурс"
OPEN_LESSON: Final = "открытое занятие"
PUBLISHED: Final = "публикация"
ACHIEVEMENTS: Final = (ATTESTED, CONTEST, OPEN_LESSON, PUBLISHED)

# A paper in the register, «Состояние»: how it goes on is told by `register.life`.
INTENDED: Final = "создаётся"
DRAFT: Final = "проект"
REVIEWED: Final = "на проверке"
SIGNED: Final = "подписан"
REGISTERED: Final = "зарегистрирован"
REPLACED: Final = "заменён"
CANCELLED: Final = "отменён"
OVER: Final = frozenset({REPLACED, CANCELLED})
