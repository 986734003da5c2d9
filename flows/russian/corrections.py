"""Surnames that the common rules get wrong, each group with its reason. Spelled lower case, е for ё.

Sources: the school norm for surnames (L. P. Kalakutskaya; D. E. Rosenthal's handbook, §149), measurements of the petrovich
rules on public tables. A row is added here only with the reason it stands for.
"""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# First halves of double surnames that are titles or patronymic particles, not surnames: they never decline.
FIRST_HALVES = _words(
    "абдель абдул абдуль абу ад аль ас аш бар бей белиц бен бонч ван вар гасан грум де демут дер ди дюмон дюссар ибн кара кенин книппер корвин мак мелик "
    "мирза нер нор призван сан сен сент тер топ фон шах шолом эль"
)

# Second halves that are titles: the first half is copied (Кан-оола, Юнус-бека).
TITLES = _words("оол бек бей гирей заде кыс мирза паша хан хаджи")

# Particles written apart from the surname: copied.
PARTICLES = _words("аль аф бин бен ван да дас де дель ден дер ди дос дю ибн ла ле сан тен тер фон эль")

# Family names of Korea, China and Vietnam that stand first: of such a name the last word alone declines.
FAMILIES = _words(
    "ан бай бан бао буй ван во ву вэй вэн гао го гу гун гэ дан данг динь до доан дон ду дуань дун дэн жэнь зыонг ин кан ким "
    "ко кон ку куан кун лай лам ле ли лим лин линь ло лу лэ лэй лю лян ма мао мин мун мэн нам нго нгуен нгуэн нин оу пак пан "
    "пань пхан пэй пэн сан се син сон су суй сун сунь сы сэ сюй сюн сюэ сяо тан танг тао тен тхай тху тю тян тянь у фам фан "
    "фань фу фэн хак хам хан хань хван хо хоанг хон ху хуа хуан хуань хун хэ хюинь хё цай цао цзи цзинь цзо цзоу цзэн цзя "
    "цзян цинь цой цу цуй цэнь цянь чан чжан чжао чжи чжо чжоу чжу чжун чжэн чин чо чой чон чу чхве чэ чэн чэнь шао шен ши "
    "шин шэнь юань юй юн юнь юэ ян янь яо"
)

# Words after a father's name that make it a patronymic of the eastern kind.
SONS = _words("оглы оглу углы улы уулу угли ули")
DAUGHTERS = _words("кызы гызы кизи кзы")

# French and other final stressed vowels: indeclinable for both.
INDECLINABLE = _words("дюма тома дега люка ферма гамарра петипа золя барилла труайя бурдела вала забейворота")

# Nouns on -ова, -ева: the ending belongs to the noun, so a woman is «Совы», never «Совой» in the genitive.
NOUNS = _words(
    "сова корова голова подкова основа обнова полова дева рева кива вдова бова глова плева шенгелая цулая цхакая хубулая кварая"
)

# Nouns on -ина, -ова that are adjective surnames as well (Калин or Калина): for a woman only the bearer knows.
NOUN_OR_ADJECTIVE = _words(
    "балерина былина бузина вершина година горбина деревина долина домина дружина дубина дуброва калина картина корзина "
    "кручина крушина купина лещина лозина лучина льдина малина маслина осина паутина перина половина пружина пучина равнина "
    "рябина слонина соломина солонина старина старшина судьбина тычина чуприна щербина щетина"
)

# The bearer alone says whether the vowel runs away (Заяца or Зайца, Лева or Льва).
ASK_BEARER = _words("заяц лев песец перец пень день огонь ветер лед бобер")

# Russian surname or foreign one: instrumental on -ым or on -ом, by descent.
ASK_INSTRUMENTAL = _words(
    "чаплин литвин русин сербин филин рубин павлин мартин северин шурин берлин робин колин"
)

# Surnames that are names or peoples on -ин, -ын, foreign ones on -ин: instrumental on -ом.
INSTRUMENTAL_OM = _words(
    "грин дарвин регин цин франклин гриффин кельвин мерлин мартын валентин константин августин боярин дворянин господин хозяин воин "
    "грузин миних мюнних татарин мордвин болгарин осетин румын мещанин тетерев боров рыболов"
)

# Stress moves to the ending: instrumental on -ом after ч though the ending is -ич.
STRESSED_ICH = _words("ильич кузьмич лукич фомич москвич")

# Stress falls on the ending: -ой, not -ей (Левшой, Большой).
STRESSED_SHA = _words(
    "левша лапша паша душа саранча каланча парча свеча алыча ханжа межа вожжа праща моща епанча каланча бахча"
)
STRESSED_SHAYA = _words("большая чужая")

# Agent nouns and short ancient names on -ий decline as nouns (Топчия), though most on -чий, -кий are adjectives (Певчего).
NOUNS_IY = _words("топчий бокий кий вий палий гудзий чухрий гладий батий")

# Possessive adjectives: a soft sign before the ending (Божьего).
POSSESSIVE = _words("третий божий вражий волчий лисий медвежий птичий рыбий заячий")

# Fleeting vowels that the dictionary of common words does not hold: nominative, then the stem of the other cases.
FLEETING = {
    "журавель": "журавл",
    "кашенок": "кашенк",
    "малец": "мальц",
    "городец": "городц",
    "долгопалец": "долгопальц",
}

# No vowel runs away here although the ending invites it (Хейфеца, Швеца, Гашека).
FAST_VOWEL = _words("сорок хейфец хефец кобец бурец бец штирлец мнишек")

# Posts, bodies and other words of a sheet: whatever else stands beside them, the cell is not a person's name.
NOT_A_PERSON = _words(
    "воспитатель воспитатели воспитательница педагог педагоги учитель учителя учительница директор директора заведующий заведующая "
    "заведующие заместитель заместители методист методисты куратор кураторы наставник наставники наставница наставляемый наставляемая "
    "наставляемые психолог логопед дефектолог инструктор руководитель руководители специалист специалисты тьютор ассистент няня помощник "
    "секретарь бухгалтер завхоз завуч администрация начальник председатель координатор эксперт администратор преподаватель "
    "библиотекарь концертмейстер социальный музыкальный классный дежурный ответственный ответственная "
    "школа школы гимназия лицей колледж интернат техникум институт университет академия учреждение организация отдел отделение "
    "управление комитет министерство департамент комиссия группа педсовет детсад ясли дворец клуб кружок студия общество "
    "ассоциация предприятие компания фирма филиал служба кафедра ректорат деканат область республика федерация детский детская семья "
    "вакансия вакантно вакантна вакантная вакантный вакант нет отсутствует отсутствуют назначен назначена назначить уточняется уточнить "
    "никто никого неизвестно декрет свободно пусто тест фио фамилия имя отчество ребенок родитель родители обучающийся обучающиеся "
    "студент студенты ученик ученики воспитанник ип ооо мбдоу мбоу маоу мкоу мку сош доу должность участник участники член члены "
    "коллектив господин госпожа гражданин гражданка"
)

# The same, but real surnames too: let through only before a known first name and a patronymic.
SELDOM_A_PERSON = _words(
    "молодой молодая старший старшая младший младшая рабочий рабочая глава край класс союз дом совет фонд цех бригада сад центр мама папа "
    "бабушка дедушка товарищ тетя дядя вожатый вожатая дьяк мастер"
)

# First halves of compound words that never decline: шеф-повар, чек-лист, экспресс-опрос.
FIXED_HALVES = _words(
    "арт аудио бизнес блиц бренд веб вице видео гео гугл дизайн ивент интернет кейс кино квест контент кросс лего медиа мини нано обер онлайн "
    "офис пиар пресс прим промо проект радио смарт спорт стоп теле тест топ унтер фитнес фото чек шеф штаб эко экс экспресс яндекс"
)

# Posts the dictionary lacks or takes for things, and what they decline like.
DECLINED_LIKE = {
    "тьютор": "куратор",
    "модератор": "куратор",
    "медиатор": "куратор",
    "коуч": "завуч",
    "электроник": "механик",
}

# Nouns that the dictionary also lists with an old feminine gender.
MASCULINE = _words("табель")
