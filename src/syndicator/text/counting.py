"""Numbers of things, for people."""


def counted(number: int, one: str, many: str = "") -> str:
    """The number with its noun: "1 source", "2 sources".

    Args:
        number: The number of things.
        one: The noun for one thing.
        many: The noun for any other number; if empty, `one` with an "s" at its end.
    """
    return f"{number} {one if number == 1 else many or f'{one}s'}"
