"""Failures speak to the operator, and never of an address."""

import pycurl
import pytest

from syndicator.fetch.failures import bug, by_code, timed_out
from syndicator.model.failure import FailureKind


@pytest.mark.parametrize("code", range(1, 102))
@pytest.mark.parametrize("head_complete", [False, True])
def test_every_code_of_libcurl_has_a_sentence_and_a_remedy(code: int, *, head_complete: bool) -> None:
    failure = by_code(code, head_complete=head_complete).failure
    assert failure.message.endswith(".")
    assert failure.remedy.endswith(".")


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        (pycurl.E_COULDNT_RESOLVE_HOST, "dns"),
        (pycurl.E_COULDNT_CONNECT, "connect"),
        (pycurl.E_PEER_FAILED_VERIFICATION, "tls"),
        (pycurl.E_SSL_CONNECT_ERROR, "tls"),
        (pycurl.E_PARTIAL_FILE, "truncated"),
    ],
)
def test_the_kinds(code: int, kind: str) -> None:
    assert by_code(code, head_complete=True).failure.kind == kind


def test_a_timeout_is_blamed_on_what_was_waited_for() -> None:
    kinds = [timed_out(connected=c, secured=s).failure.kind for c, s in ((False, False), (True, False), (True, True))]
    assert kinds == ["timeout", "tls", "timeout"]


def test_a_bug_keeps_its_traceback_but_not_its_text() -> None:
    with pytest.raises(ValueError, match="secret") as caught:
        int("https://a.example/?token=" + "secret")
    failure = bug(caught.value).failure
    assert failure.kind == FailureKind.BUG
    assert "test_failures.py" in failure.detail
    assert "ValueError" in failure.detail
    assert "token=secret" not in failure.detail + failure.message
