"""A row that everybody answers for is asked about; one that only sounds like it is not."""

from pathlib import Path

from flows.intake.roadmap import understand

ROADMAP = Path("Дорожная карта.csv")
ROADMAP.write_text(
    "№ п/п;Мероприятие;Срок;Ответственный;Результат\n"
    "1.1;Закрепление наставнических пар;Сентябрь 2026;Все;Приказ о закреплении пар\n"
    "1.2;Встречи наставников;Октябрь 2026;Все наставники;Протокол заседания\n"
    "1.3;Мониторинг программ;Декабрь 2026;Заведующий;Аналитическая справка\n",
    "utf-8",
)
_, activities, problems = understand(ROADMAP)
assert len(activities) == 3
asked = [each for each in problems if each.code == "everybody-responsible"]
assert [each.subject for each in asked] == [activities[0].code or "1.1"], problems
