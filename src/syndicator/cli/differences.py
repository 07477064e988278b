"""Differences: show where two texts differ, word by word, for people and for scripts."""

from syndicator.cli.printing import Row, print_line
from syndicator.text.counting import counted
from syndicator.text.differences import Difference, compare

PLACES = 3
"""The most differing places that are shown of two texts."""


def differences(one: str, other: str) -> Row:
    """Return where two texts differ, for scripts."""
    found = compare(one, other, PLACES)
    return {
        "shared": found.shared,
        "words": found.words,
        "places": [_place_row(it) for it in found.places],
        "more": found.more,
        "cut": found.cut,
    }


def show_differences(differs: Row, head: str, one: str, other: str) -> None:
    """Print where two texts differ, for people.

    Args:
        differs: What `differences` returns.
        head: The beginning of the first line.
        one: How the first text is called.
        other: How the second text is called.
    """
    if not differs["words"]:
        print_line(f"{head}none besides the headlines")
        return
    if not differs["places"]:
        print_line(f"{head}the same as the {one}'s")
        return
    share = differs["shared"] / max(differs["words"], 1)
    begins = "of the words, as far as compared," if differs["cut"] else "of the words"
    print_line(f"{head}{share:.0%} {begins} are the same, in the same order; [-{one}-] {{+{other}+}}:")
    for place in differs["places"]:
        print_line(f"      {_place(place)}")
    if differs["more"]:
        print_line(f"      and {counted(differs['more'], 'more place')}")


def _place_row(place: Difference) -> Row:
    return {"before": place.before, "lead": place.gone, "copy": place.come, "after": place.after}


def _place(place: Row) -> str:
    parts = (
        f"… {place['before']}" if place["before"] else "",
        f"[-{place['lead']}-]" if place["lead"] else "",
        f"{{+{place['copy']}+}}" if place["copy"] else "",
        f"{place['after']} …" if place["after"] else "",
    )
    return " ".join(filter(None, parts))
