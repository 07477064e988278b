import pickle

from syndicator.errors import ParseError
from syndicator.model import source
from syndicator.model.failure import FailureKind
from syndicator.parse import KINDS, Unreadable


def test_a_failure_comes_whole_out_of_a_reader_process() -> None:
    failure = pickle.loads(pickle.dumps(Unreadable(FailureKind.EMPTY, "It is empty.", "Look.")))
    assert isinstance(failure, ParseError)
    assert (failure.kind, failure.message, failure.remedy) == (FailureKind.EMPTY, "It is empty.", "Look.")


def test_the_kinds_are_those_that_the_configuration_knows() -> None:
    assert list(KINDS) == ["auto", "feed", "page", "json", "list", "sitemap", "telegram"]
    assert {name: kind.options for name, kind in KINDS.items()} == source.KINDS
    assert [kind.options is not None for kind in KINDS.values()] == [False, False, True, True, False, False, False]
