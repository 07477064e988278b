"""Failures of a transfer, in our own sentences, because libcurl's may contain host names of private sources."""

import traceback

import pycurl

from syndicator.errors import FetchError
from syndicator.model.failure import Failure, FailureKind
from syndicator.model.outcome import Failed


class RefusedError(FetchError):
    """Raised when an exchange is given up for a reason of ours.

    Args:
        kind: The kind of the failure.
        message: What happened, without any part of the address, unless it is the path of a file.
        remedy: What to do about it, or empty.
    """

    def __init__(self, kind: FailureKind, message: str, remedy: str = "") -> None:
        super().__init__(message, remedy)
        self.kind = kind

    @property
    def failed(self) -> Failed:
        """This error as a value."""
        return failed(self.kind, self.message, self.remedy)


def too_large(what: str, limit: int, remedy: str) -> RefusedError:
    """Return the error for a body with more bytes than it may have.

    Args:
        what: The beginning of the sentence, which names the body.
        limit: The most bytes that it may have.
        remedy: What to do about it.
    """
    return RefusedError(FailureKind.TOO_LARGE, f"{what} is larger than the limit of {limit / 1048576:.3g} MiB.", remedy)


def failed(kind: FailureKind, message: str, remedy: str = "") -> Failed:
    """Return a failure without a status code."""
    return Failed(failure=Failure(kind=kind, message=message, remedy=remedy))


def forbidden(reason: str) -> Failed:
    """Return the failure for an address to which we must not connect; for the reason see `guard.verdict`."""
    return failed(
        FailureKind.FORBIDDEN,
        f"Connecting to the host's address is not allowed: {reason}.",
        "If this is intended, add the address's network to `allow_networks` under [fetch].",
    )


def bug(error: BaseException) -> Failed:
    """Return the failure for a bug of ours; its traceback is kept, but not its message, which may quote an address."""
    name = type(error).__name__
    return Failed(
        failure=Failure(
            kind=FailureKind.BUG,
            message=f"The transfer failed because of a bug in syndicator ({name}).",
            remedy="Please report it with its traceback.",
            detail="".join(traceback.format_tb(error.__traceback__)) + name,
        )
    )


WAIT = "It is tried again later. If this continues, check whether the host still exists."
"""The remedy for failures that may pass by themselves."""
UNKNOWN_NAME = failed(
    FailureKind.DNS, "The host's name is unknown.", "Check the spelling; the site may have moved or ended."
)
UNANSWERED_NAME = failed(
    FailureKind.DNS,
    "No name server gave an answer.",
    "It is tried again later. If other sources fail in the same way, this machine has no network.",
)

_TRUNCATED = failed(FailureKind.TRUNCATED, "The answer broke off before its end, or its framing is garbled.", WAIT)
_SILENT = failed(FailureKind.CONNECT, "The host closed the connection without a complete answer.", WAIT)
_NOT_HTTP = failed(FailureKind.MALFORMED, "The host's answer is not well-formed HTTP.", "Check the port and scheme.")
_TOO_LARGE = failed(FailureKind.TOO_LARGE, "The header of the answer is far too large.", WAIT)
_TLS = failed(
    FailureKind.TLS,
    "No trusted TLS connection could be made: the certificate is expired, for another name or from an unknown issuer, "
    "or the port does not speak TLS.",
    "Open the address in a browser. The host's owner has to correct this, unless plain http is the right scheme.",
)
_SLOW_CONNECT = failed(FailureKind.TIMEOUT, "The host did not accept the connection in time.", WAIT)
_SLOW_TLS = failed(FailureKind.TLS, "The host did not complete the TLS handshake in time.", WAIT)
_SLOW_ANSWER = failed(FailureKind.TIMEOUT, "The host did not complete its answer in time.", WAIT)

_BY_CODE = {
    pycurl.E_UNSUPPORTED_PROTOCOL: _NOT_HTTP,  # an answer in HTTP/0.9; requests with other schemes are refused before
    pycurl.E_URL_MALFORMAT: failed(
        FailureKind.CONNECT, "The address cannot be used.", "Check how the address is written."
    ),
    pycurl.E_COULDNT_RESOLVE_HOST: UNKNOWN_NAME,
    pycurl.E_COULDNT_CONNECT: failed(FailureKind.CONNECT, "The host does not accept connections there.", WAIT),
    pycurl.E_FTP_WEIRD_SERVER_REPLY: _NOT_HTTP,  # CURLE_WEIRD_SERVER_REPLY: the head is malformed
    pycurl.E_BAD_CONTENT_ENCODING: _NOT_HTTP,  # a transfer coding that we did not accept
    pycurl.E_PARTIAL_FILE: _TRUNCATED,
    100: _TOO_LARGE,  # CURLE_TOO_LARGE, a head beyond libcurl's own limits; pycurl has no name for it
    pycurl.E_SSL_CONNECT_ERROR: _TLS,
    pycurl.E_PEER_FAILED_VERIFICATION: _TLS,
    pycurl.E_SSL_CERTPROBLEM: _TLS,
    pycurl.E_SSL_CIPHER: _TLS,
    pycurl.E_SSL_CACERT_BADFILE: _TLS,
    pycurl.E_SSL_ISSUER_ERROR: _TLS,
    pycurl.E_SSL_INVALIDCERTSTATUS: _TLS,
}
"""The failures by libcurl's code; for any other code see `by_code`."""


def by_code(code: int, *, head_complete: bool) -> Failed:
    """Return the failure for a libcurl code.

    Args:
        code: libcurl's result (`CURLE_…`), except for a time-out.
        head_complete: Whether the whole head had arrived, so that a lost connection means that the body was cut off.
    """
    return _BY_CODE.get(code, _TRUNCATED if head_complete else _SILENT)


def timed_out(*, connected: bool, secured: bool) -> Failed:
    """Return the failure of an exchange that has reached a time limit.

    Args:
        connected: Whether the connection was established.
        secured: Whether TLS was established, or not needed.
    """
    if not connected:
        return _SLOW_CONNECT
    return _SLOW_ANSWER if secured else _SLOW_TLS
