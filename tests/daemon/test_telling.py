"""The log: what an exchange brought, why it failed, and bugs without what nobody is to see."""

import logging

import pytest

from syndicator.daemon.telling import bug_report, log_published, log_report, log_warnings
from syndicator.model.failure import Failure, FailureKind
from syndicator.model.noun import replace
from syndicator.model.state import KeyedBy
from syndicator.pipeline.health import DISTRUST
from syndicator.pipeline.record import Report

FAILURE = Failure(kind=FailureKind.STATUS, message="It answered 500.", remedy="Wait.")
PRIVATE = "https://private.example/feed?token=1"


@pytest.mark.parametrize(
    ("report", "lines"),
    [
        (Report(source_id="nsn"), []),
        (Report(source_id="nsn", new=2, joined=1, wished=2), ["nsn: 2 new, 1 copy, 2 pages to request"]),
        (
            Report(source_id="nsn", new=1, updated=2, merged=3, deleted=4),
            ["nsn: 1 new, 2 changed, 3 merged, 4 deleted"],
        ),
        (Report(source_id="nsn", failure=FAILURE), ["nsn: It answered 500. Wait."]),
        (Report(source_id="nsn", failure=replace(FAILURE, detail="Where.")), ["nsn: It answered 500. Wait.", "Where."]),
        (Report(source_id="nsn", failure=FAILURE, new=3), ["nsn: It answered 500. Wait.", "nsn: 3 new"]),
        (Report(source_id="nsn", keyed_by=KeyedBy.LINK), [f"nsn: {DISTRUST[KeyedBy.LINK]}"]),
        (Report(source_id="nsn", warnings=("An odd date.",)), []),
    ],
)
def test_an_exchange_is_one_line_and_none_when_nothing_is_new(
    report: Report, lines: list[str], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "syndicator")
    log_report(report)
    assert caplog.messages == lines


@pytest.mark.parametrize(("count", "more"), [(50, ""), (51, " and 1 further file"), (4000, " and 3950 further files")])
def test_files_are_named_but_not_a_whole_archive(count: int, more: str, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "syndicator")
    names = [f"feeds/all/{number}.rss" for number in range(count)]
    log_published(names)
    assert caplog.messages == [f"published {', '.join(names[:50])}{more}"]


def test_warnings_of_the_configuration_are_told_and_those_of_a_document_to_who_looks_closer(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG, "syndicator")
    log_warnings(["An odd setting.", "100% odd."])
    log_report(Report(source_id="nsn", warnings=("An odd date.",)))
    assert [(it.levelname, it.getMessage()) for it in caplog.records] == [
        ("WARNING", "An odd setting."),
        ("WARNING", "100% odd."),
        ("DEBUG", "nsn: An odd date."),
    ]


def test_a_failure_names_the_page_that_it_is_about(caplog: pytest.LogCaptureFixture) -> None:
    log_report(Report(source_id="nsn", page=True, url="https://nsn.example/a", failure=FAILURE))
    assert "https://nsn.example/a" in caplog.text


def test_a_bug_is_told_by_its_place_and_not_by_its_words() -> None:
    with pytest.raises(ValueError, match="private") as caught:
        raise ValueError(PRIVATE)
    text = bug_report(caught.value)
    assert "ValueError" in text
    assert "test_telling.py" in text
    assert PRIVATE not in text
