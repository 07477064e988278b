"""Redirects: find the request for the next hop of a redirect."""

from typing import Final
from urllib.parse import quote, urldefrag, urlsplit

from syndicator.fetch.auth import without_userinfo
from syndicator.fetch.failures import RefusedError
from syndicator.model.failure import FailureKind
from syndicator.model.noun import replace
from syndicator.model.outcome import Failed
from syndicator.model.web import Request, Response
from syndicator.text.urls import absolute

MAX_HOPS: Final = 5
"""The most redirects that are followed for one request."""

MAX_LOCATION: Final = 2000
"""The most characters of the address that a redirect names; longer ones are of no use, and cost time at every step."""

STATUSES: Final = frozenset({301, 302, 303, 307, 308})
"""Status codes of answers that name another address (RFC 9110, section 15.4)."""

PERMANENT: Final = frozenset({301, 308})
"""Status codes of permanent redirects, which name the address to use from now on."""

_ASCII = "".join(map(chr, range(128)))
"""Characters that stay as they are in an address."""
_SCHEMES = frozenset({"http", "https"})
"""The schemes to which redirects may lead."""


def follow(request: Request, response: Response) -> Request | Failed:
    """Return the request that a redirect asks for.

    The new request keeps the validators; its sender replaces them if another address gave them. Credentials and headers
    are kept only within the same origin. A redirect from https to http is not followed, because then anybody between
    could write the feed.

    Args:
        request: What was requested.
        response: The answer, with one of `STATUSES`.

    Returns:
        The next request, or why there is none.
    """
    try:
        if request.hops >= MAX_HOPS:
            raise _refused(f"The address was redirected more than {MAX_HOPS} times.")
        target = _target(response)
        before, after = _origin(response.url), _origin(target)
        if before[0] == "https" and after[0] != "https":
            raise _refused("The host redirects from https to http, which is not followed.")
    except RefusedError as error:
        return error.failed
    return replace(
        request,
        url=target,
        authorization=request.authorization if before == after else "",
        headers=request.headers if before == after else (),
        hops=request.hops + 1,
        spent=request.spent + response.seconds,
    )


def _target(response: Response) -> str:
    location = response.header("location")
    if not location:
        raise _refused("The host redirects, but does not say where to.")
    if len(location) > MAX_LOCATION:
        raise _refused("The host redirects to an address that is far too long.")
    # Some hosts send raw bytes in an encoding of their own. These bytes are escaped, so that the host gets them back.
    target = absolute(quote(location, safe=_ASCII, encoding="latin-1", errors="replace"), response.url)
    if urlsplit(target).scheme not in _SCHEMES:
        raise _refused("The host redirects to something that is not a web address.")
    return urldefrag(without_userinfo(target)).url


def _origin(url: str) -> tuple[str, str | None, int | None]:
    parts = urlsplit(absolute(url))  # a source's address may be written in its own script, or with its scheme's port
    return parts.scheme, parts.hostname, parts.port


def _refused(message: str) -> RefusedError:
    return RefusedError(
        FailureKind.REDIRECT, message, "Open the address in a browser, and use the address at which it arrives."
    )
