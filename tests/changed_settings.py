"""Every setting of a table of settings, each changed alone: a number by one, words by a word, a flag flipped, an item left out."""


def settings_of(table, path=()):
    """Yield the path of every single value and of every list."""
    for name, value in table.items() if isinstance(table, dict) else enumerate(table):
        own = (*path, name)
        if isinstance(value, dict | list):
            yield from settings_of(value, own)
        if not isinstance(value, dict):
            yield own


def value_at(table, path):
    """The value at a path."""
    for name in path:
        table = table[name]
    return table


def others(value):
    """What may stand instead of a value: of several each is one try, and any of them must be seen."""
    if isinstance(value, bool):
        return [not value]
    if isinstance(value, int):
        return [value + 1, value - 1]
    if isinstance(value, list):
        return [value[:at] + value[at + 1 :] for at in range(len(value))]
    return [f"{value} слово"]


def changed(table, path, value):
    """The table with another value at a path."""
    if not path:
        return value
    copied = table.copy()
    copied[path[0]] = changed(table[path[0]], path[1:], value)
    return copied


def seen(parts, usual):
    """Whether any part of what people see is another one; nothing is looked at beyond the first."""
    return any(part != kept for part, kept in zip(parts, usual, strict=False))


def tried(table, path, differs, more=()):
    """Whether people see each change that one setting allows; a number may be changed either way, or to one of `more`."""
    value = value_at(table, path)
    told = (differs(changed(table, path, other)) for other in [*others(value), *more])
    return all(told) if isinstance(value, list) else any(told)
