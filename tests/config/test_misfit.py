from syndicator.config import misfit


def test_nearest_is_silent_when_nothing_is_near() -> None:
    assert misfit.nearest("Formats", ("formats", "limit")) == "formats"
    assert misfit.nearest("zzz", ("formats", "limit")) == ""
    assert misfit.nearest("x" * 100_000, ("formats", "limit")) == ""


def test_a_beginning_means_the_only_choice_that_goes_on_from_it() -> None:
    assert misfit.nearest("nsn", ("nsn-fm-rss", "bbc")) == "nsn-fm-rss"
    assert misfit.nearest("nsn", ("nsn-fm-rss", "nsn-fm-news")) == ""
    assert misfit.nearest("n", ("nsn-fm-rss", "bbc")) == ""


def test_choices_read_as_a_sentence() -> None:
    assert misfit.enumerate_choices(()) == ""
    assert misfit.enumerate_choices(("rss",)) == '"rss"'
    assert misfit.enumerate_choices(("rss", "atom", "json")) == '"rss", "atom" or "json"'
