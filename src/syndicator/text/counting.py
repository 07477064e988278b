"""Numbers of things, for people."""


def counted(number: int, one: str, many: str = "") -> str:
    """The number with its noun: "1 source", "2 sources".

    Args:
        number: How many.
        one: The noun for one thing.
        many: For any other number; empty: with an "s" at its end.
    """
    return f"{number} {one if number == 1 else many or f'{one}s'}"
