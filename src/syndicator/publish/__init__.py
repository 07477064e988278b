"""Publishing: stories become a `Document`, a document becomes bytes, bytes replace a file in one step.

    stories ── compose ──► Document ── Format.render ──► bytes ── files.check, files.replace ──► a file

A new output format is one module with a `render` function and one line in `FORMATS`.
"""

from collections.abc import Callable

from syndicator.model.document import Document
from syndicator.model.noun import Noun
from syndicator.publish.jsonfeed import render_json


def _rss(document: Document) -> bytes:
    from syndicator.publish.rss import render_rss  # noqa: PLC0415  # loads feedgen; a poll without news needs none

    return render_rss(document)


def _atom(document: Document) -> bytes:
    from syndicator.publish.atom import render_atom  # noqa: PLC0415  # loads feedgen, too

    return render_atom(document)


class Format(Noun):
    """A format in which feeds are published.

    Attributes:
        suffix: The suffix of its files and addresses, with the dot.
        media_type: The media type of its files, as links name it.
        title: The format's name, for people.
        render: The function that writes a document, whose `feed_url` is set, as bytes.
    """

    suffix: str
    media_type: str
    title: str
    render: Callable[[Document], bytes]

    @property
    def content_type(self) -> str:
        """The value of `Content-Type` for its files; JSON has no charset parameter (RFC 8259, section 11)."""
        return self.media_type if self.suffix == ".json" else f"{self.media_type}; charset=utf-8"


FORMATS: dict[str, Format] = {
    "rss": Format(suffix=".rss", media_type="application/rss+xml", title="RSS", render=_rss),
    "atom": Format(suffix=".atom", media_type="application/atom+xml", title="Atom", render=_atom),
    "json": Format(suffix=".json", media_type="application/feed+json", title="JSON Feed", render=render_json),
}
"""The formats by the names that a channel's `formats` may list."""
