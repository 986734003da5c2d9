"""How people say yes and no in a cell, each word spelled once; compare after `text.fold`.

A word that says yes says it everywhere: beside a question, in a column of ticks, in an answer of a questionnaire.
Signs are ticks only in a column of ticks: beside a question «1» or «x» may be the value that was asked for.
"""

from __future__ import annotations

from typing import Final

YES: Final = frozenset({"да", "верно", "истина", "true", "yes", "+"})
NO: Final = frozenset({"нет", "неверно", "ложь", "false", "no", "-"})
TICKS: Final = YES | {"x", "х", "v", "✓", "✔", "☑", "√"}
TICKED: Final = TICKS | {"1"}
UNTICKED: Final = NO | {"0", ""}
# Beside a question of «Проверка».
ASSENT: Final = YES | {"подтверждаю", "согласен", "согласна", "ок"}
# An answer of a questionnaire.
SAYS_YES: Final = YES | {"скорее да", "скорее да, чем нет"}
SAYS_NO: Final = NO | {"скорее нет", "скорее нет, чем да"}
