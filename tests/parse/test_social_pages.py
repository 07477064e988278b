"""Social links and credits of pages in the manner of real sites, against the truth written in each."""

import sys

import pytest

from support.social_pages import Case, Found, Tally, cases, own, profiles, read

CASES = cases()
READ: dict[str, Found] = {}


def found(case: Case) -> Found:
    if case.name not in READ:
        READ[case.name] = read(case)
    return READ[case.name]


def differences() -> list[str]:
    lines = []
    for case in CASES:
        seen = found(case)
        lines += [f"{case.name}: missed {it}" for it in sorted(own(case.links) - own(seen.links))]
        lines += [f"{case.name}: taken {it}" for it in sorted(own(seen.links) - own(case.links))]
        lines += [f"{case.name}: missed credit {it}" for it in sorted(case.credits - seen.credits)]
        lines += [f"{case.name}: taken credit {it}" for it in sorted(seen.credits - case.credits)]
    return lines


def test_publishers_authors_and_articles_are_found_where_they_are() -> None:
    tally, credited = Tally(), Tally()
    for case in CASES:
        tally.count(own(case.links), own(found(case).links))
        credited.count(((case.name, it) for it in case.credits), ((case.name, it) for it in found(case).credits))
    report = "\n".join([f"links F1 {tally.f1:.3f}, credits F1 {credited.f1:.3f}", *differences()])
    sys.stdout.write(report)  # shown with -s, and when it fails
    assert len(CASES) >= 120
    assert tally.f1 >= 0.97, report
    assert credited.f1 >= 0.95, report


def test_hardly_a_share_button_or_a_third_party_is_taken_for_a_profile_of_the_publisher() -> None:
    taken = {case.name: profiles(found(case).links) - profiles(case.links) for case in CASES}
    offered = sum(sum(owner == "third_party" or kind == "share" for owner, kind, *_ in it.links) for it in CASES)
    wrong = {name: it for name, it in taken.items() if it}
    assert offered >= 60, "the pages must offer something to be taken for one"
    assert sum(map(len, wrong.values())) <= 0.01 * offered, wrong


def test_what_is_known_to_be_others_is_told_as_others() -> None:
    tally = Tally()
    for case in CASES:
        others = {it for it in case.links if it[0] == "third_party" and it[1] == "profile"}
        tally.count(others, {it for it in found(case).links if it[0] == "third_party" and it[1] == "profile"})
    assert tally.f1 >= 0.9


@pytest.mark.parametrize("case", [it for it in CASES if it.keep and not it.is_list], ids=lambda case: case.name)
def test_no_paragraph_of_a_body_is_lost(case: Case) -> None:
    text = found(case).text
    assert [it for it in case.keep if it not in text] == []


@pytest.mark.parametrize("case", [it for it in CASES if it.gone], ids=lambda case: case.name)
def test_no_line_of_furniture_is_left(case: Case) -> None:
    text = found(case).text
    assert [it for it in case.gone if it in text] == []


def test_a_truth_may_be_missed() -> None:
    """The measure itself: a link that is not there lowers it, and so does one too many."""
    tally = Tally()
    tally.count({("vk", "a", "profile"), ("vk", "b", "profile")}, {("vk", "a", "profile"), ("ok", "c", "profile")})
    assert (tally.hit, tally.extra, tally.missed, tally.f1) == (1, 1, 1, 0.5)
