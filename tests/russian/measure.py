"""Measure the rules against every surname, first name and patronymic of the installed dictionary (OpenCorpora).

    python -m tests.russian.measure [--misses]    (about a minute: it walks the whole dictionary)

A cell is one name in one oblique case of one gender; ё and е are the same. The dictionary was looked at while the
corrections were written, so the figures guard against going back rather than say how strangers fare.
"""

import sys
from collections import Counter, defaultdict

from flows.russian import Doubt, given, morph, surnames

RULES = {"Surn": surnames.decline, "Name": given.decline_first, "Patr": given.decline_patronymic}
TITLES = {"Surn": "surnames", "Name": "first names", "Patr": "patronymics"}
CASES = {tag: case for case, tag in morph.TAGS.items() if case != "nom"}


def fold(word):
    return word.replace("ё", "е")


def lexemes():
    """Yield (kind, gender, nominative, {case: forms}) for every name the dictionary holds."""
    words = morph._analyzer().dictionary
    for word, tag, _, paradigm, index in words.iter_known_words():
        marks = tag.grammemes
        kind = next((kind for kind in RULES if kind in marks), None)
        if index or not kind or "nomn" not in marks:
            continue
        forms = defaultdict(lambda: defaultdict(set))
        stem = words.build_stem(words.paradigms[paradigm], 0, word)
        for prefix, part, suffix in words.build_paradigm_info(paradigm):
            if "sing" not in part.grammemes:
                continue
            for gender in {"masc": "m", "femn": "f", "ms-f": "mf"}.get(str(part.gender), ""):
                forms[gender][str(part.case)].add(prefix + stem + suffix)
        for gender, by_case in forms.items():
            for nominative in by_case["nomn"]:
                yield kind, gender, nominative, by_case


def main():
    right, wrong, refused = Counter(), Counter(), Counter()
    for kind, gender, nominative, by_case in lexemes():
        for tag, case in CASES.items():
            try:
                made = RULES[kind](nominative, gender, case)
            except Doubt:
                refused[kind] += 1
                continue
            good = fold(made) in {fold(form) for form in by_case[tag]}
            (right if good else wrong)[kind] += 1
            if not good and "--misses" in sys.argv:
                print(gender, nominative, case, made, *by_case[tag])
    for kind, title in TITLES.items():
        answered = right[kind] + wrong[kind]
        print(
            f"{title:12} {answered:7} answered  {right[kind] / answered:.2%} right  {refused[kind]:4} refused"
        )


if __name__ == "__main__":
    main()
