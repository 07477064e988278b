"""The publishers' profiles as a subscription list: `/social.opml`, OPML 2.0 (http://opml.org/spec2.opml)."""

from collections.abc import Sequence

from lxml import etree

from syndicator.model.presence import Profile
from syndicator.model.settings import Site
from syndicator.publish import border
from syndicator.publish.feeds import to_bytes
from syndicator.publish.linking import NAMESPACE, PREFIX, current, marks, name_of
from syndicator.publish.naming import publisher
from syndicator.publish.opml import new_list
from syndicator.publish.social import Publisher
from syndicator.social.profiles import native_feed


def render_profiles_opml(site: Site, publishers: Sequence[Publisher]) -> bytes:
    """An outline for each publisher, and below it one for each profile.

    A profile whose platform has a feed of it is a subscription. The others have a page, and neither `type` nor `url`:
    readers take an outline of the type `link` for another list, and would ask for it as one.

    Args:
        site: Names the list, and says how sure a link must be.
        publishers: In the order to be written.

    Returns:
        XML in UTF-8; without `dateCreated`: equal data give equal bytes.
    """
    opml, body = new_list(site, {PREFIX: NAMESPACE})
    for it in publishers:
        profiles = current(it.presence, it.source, site.social_confidence)
        if profiles:
            origin = publisher(it.source, it.info)
            outline = etree.SubElement(body, "outline", _filled({"text": origin.title, "htmlUrl": origin.site_url}))
            for profile in profiles:
                etree.SubElement(outline, "outline", _filled(_profile(profile)))
    return to_bytes(opml)


def _profile(it: Profile) -> dict[str, str]:
    feed = border.address(native_feed(it))
    return {
        "text": name_of(it),
        "title": name_of(it) if feed else "",  # of a subscription, "it should not be omitted" (OPML 2.0)
        "type": "rss" if feed else "",
        "xmlUrl": feed,
        "htmlUrl": border.address(it.url),
        **marks(it),
    }


def _filled(attributes: dict[str, str]) -> dict[str, str]:
    return {name: border.line(value) for name, value in attributes.items() if value}
