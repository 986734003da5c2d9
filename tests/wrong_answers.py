"""What people type beside a question and what is no answer to any: they put it off, ask back, point elsewhere, or slip."""

from __future__ import annotations

WRONG = (
    "не понимаю", "Потом.", "?", "???", "см. выше", "уточню", "не знаю", "то же", "🙂", "см. выше 🙂", "=SUM(A1:A9)", "+cmd|x", "@всем",
    "объединить", "какой срок нужен?", "А" * 2000, "спросите у директора?",
)  # fmt: skip
