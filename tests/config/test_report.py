from pathlib import Path

from syndicator.config.files import File
from syndicator.config.misfit import MisfitError
from syndicator.config.report import Report, Row

FILE = File(Path("config/sources/a.toml"), '[[source]]\nurl = "a"\n\n[[source]]\nurl = "b"\nauth = { x = 1 }\n', {})


def test_problems_stand_in_the_order_of_their_lines() -> None:
    report = Report()
    second = Row(FILE, ("source", 1), {"auth": {"x": 1}})
    report.refuse(second, MisfitError("is wrong"), "url")
    report.refuse(second.below("auth"), MisfitError("is unknown", keys=("x",)))
    report.refuse(Row(FILE, ("source", 0), {}), MisfitError("is missing", keys=("id",)))
    assert [str(problem) for problem in report.problems()] == [
        "config/sources/a.toml:1: source.id: is missing",
        "config/sources/a.toml:5: source.url: is wrong",
        "config/sources/a.toml:6: source.auth.x: is unknown",
    ]


def test_warnings_are_kept_apart() -> None:
    report = Report()
    report.warn(Row(FILE, ("source", 1), {}), "is odd", "url")
    report.warn(Row(FILE, ("source", 0), {}), "is odd", "url")
    assert report.problems() == ()
    assert [str(it) for it in report.warnings()] == [
        "config/sources/a.toml:2: source.url: is odd",
        "config/sources/a.toml:5: source.url: is odd",
    ]


def test_of_a_list_the_entry_is_named_counted_from_one() -> None:
    report = Report()
    row = Row(FILE, ("source", 1), {"tags": ["a", "b", "c"]})
    report.refuse(row, MisfitError("is wrong", keys=("tags", 2)))
    report.refuse(row, MisfitError("is wrong"))
    assert [(problem.where, problem.message) for problem in report.problems()] == [
        ("source.tags, entry 3", "is wrong"),
        ("source", "is wrong"),
    ]


def test_what_stands_twice_names_the_first_place() -> None:
    report = Report()
    rows = [(Row(FILE, ("source", 0), {}), "a"), (Row(FILE, ("source", 1), {}), "a")]
    report.unique(rows, "url")
    assert [str(problem) for problem in report.problems()] == [
        "config/sources/a.toml:5: source.url: is the same as at config/sources/a.toml:2"
    ]


def test_a_flood_of_slips_does_not_cost_a_look_up_each() -> None:
    report = Report()
    row = Row(FILE, (), {})
    for number in range(100):
        report.refuse(row, MisfitError("is unknown", word=f"titel{number}", choices=("title",)))
    report.refuse(row, MisfitError("is unknown", word="titel0", choices=("title",)))
    suggested = [problem.message.endswith('did you mean "title"?') for problem in report.problems()]
    assert suggested == [True] * 32 + [False] * 68 + [True]
