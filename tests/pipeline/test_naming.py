"""Sources by their ids, and with slips."""

from syndicator.pipeline.naming import no_source


def test_a_slip_is_told_with_what_was_probably_meant() -> None:
    assert "Did you mean “nsn”?" in str(no_source("nsm", ["daily", "nsn"]))


def test_what_is_like_nothing_is_not_guessed() -> None:
    said = str(no_source("weather", ["daily", "nsn"]))
    assert "There is no source “weather”." in said
    assert "Did you mean" not in said
    assert "`syndicator sources`" in said
