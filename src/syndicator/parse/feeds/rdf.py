"""Read RSS 0.90 and 1.0 (RDF Site Summary): items stand beside the channel, and `rdf:about` is their id."""

from lxml import etree

from syndicator.model.article import Entry
from syndicator.model.outcome import Parsed
from syndicator.parse.feeds import nodes, rss
from syndicator.parse.feeds.seen import Seen, Written, read_new

_ABOUT = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about"


def read(root: etree._Element, url: str, known: Seen | None = None) -> Parsed:
    """Read an RDF document that holds a channel.

    Args:
        root: The `rdf:RDF` element.
        url: The document's address on the web; empty: it has none.
        known: Entries that need not be read again.
    """
    element = next((child for child in root if nodes.name(child.tag) == "channel"), root)
    info, channel = rss.read_channel(root, element, url)

    def read_item(item: etree._Element, written: Written) -> Entry:
        return rss.read_item(item, written, channel, _about(item))

    return Parsed(info=info, entries=read_new(rss.items(root, element), read_item, ("rdf", channel), known))


def _about(item: etree._Element) -> str:
    return (item.get(_ABOUT) or nodes.attribute(item, "about")).strip()
