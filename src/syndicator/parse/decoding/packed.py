"""Bodies that are packed though nothing says so: `sitemap.xml.gz`, or a page that was packed twice and says so once."""

import zlib

from syndicator.model.failure import FailureKind
from syndicator.model.noun import replace
from syndicator.model.web import Response
from syndicator.parse.failures import Unreadable

MAX_BYTES = 50 * 1024 * 1024
"""Of what is unpacked, as the protocol of sitemaps has it."""

_GZIP = b"\x1f\x8b\x08"
"""RFC 1952, section 2.3: so begins no text, in whatever encoding."""


def unpacked(response: Response) -> Response:
    """The same, unpacked if its body is gzip.

    Raises:
        Unreadable: It is broken, or unpacks to too much.
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
