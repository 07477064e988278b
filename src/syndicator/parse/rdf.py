"""RSS 0.90 and 1.0 (RDF Site Summary): items stand beside the channel, and `rdf:about` is what they are."""

from lxml import etree

from syndicator.model.outcome import Parsed
from syndicator.parse import nodes, rss

_ABOUT = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about"


def read(root: etree._Element, url: str) -> Parsed:
    """Read an RDF document that holds a channel.

    Args:
        root: The `rdf:RDF` element.
        url: Where the document lies on the web; empty: nowhere.
    """
    element = next((child for child in root if nodes.name(child.tag) == "channel"), root)
    channel = rss.read_channel(root, element, url)
    entries = tuple(rss.read_item(item, channel, _about(item)) for item in rss.items(root))
    return Parsed(info=channel.info, entries=entries)


def _about(item: etree._Element) -> str:
    return (item.get(_ABOUT) or nodes.attribute(item, "about")).strip()
