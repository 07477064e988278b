"""Unpack bodies that are gzip without a header that says so: `sitemap.xml.gz`, or a page that was packed twice."""

import zlib

from syndicator.model.failure import FailureKind
from syndicator.model.noun import replace
from syndicator.model.web import Response
from syndicator.parse.failures import Unreadable

MAX_BYTES = 50 * 1024 * 1024
"""The most bytes that a body may unpack to: the limit in the protocol of sitemaps."""

_GZIP = b"\x1f\x8b\x08"
"""How gzip begins (RFC 1952, section 2.3); no text begins so, in any encoding."""


def unpacked(response: Response) -> Response:
    """Unpack the body of an answer if it is gzip.

    Raises:
        Unreadable: The gzip is broken, or unpacks to more than `MAX_BYTES`.
    """
    if not response.body.startswith(_GZIP):
        return response
    unpacker = zlib.decompressobj(wbits=31)
    try:
        body = unpacker.decompress(response.body, MAX_BYTES)
    except zlib.error:
        body = b""
    if not body:
        raise Unreadable(
            FailureKind.MALFORMED, "The body is compressed with gzip, and damaged.", "Report it to the publisher."
        )
    if unpacker.unconsumed_tail:
        raise Unreadable(FailureKind.TOO_LARGE, "The body unpacks to more than 50 MiB.", "Look for a smaller document.")
    return replace(response, body=body)
