"""The publishers' profiles as a subscription list: `/social.opml`, OPML 2.0 (http://opml.org/spec2.opml)."""

from collections.abc import Sequence

from syndicator.model.presence import Profile
from syndicator.model.settings import Site
from syndicator.publish import border, naming
from syndicator.publish.linking import current, marks, name_of
from syndicator.publish.opml import outline, outline_list
from syndicator.publish.social import Publisher
from syndicator.social.profiles import native_feed


def render_social_opml(site: Site, publishers: Sequence[Publisher]) -> bytes:
    """Write an outline for each publisher, and below it one for each profile.

    A profile for which its platform has a feed is a subscription. The others have a page, and neither `type` nor `url`:
    readers take an outline of the type `link` for another list, and would request it as one.

    Args:
        site: The site, with its name and the least confidence that a published link must have.
        publishers: The publishers in the order to be written.

    Returns:
        XML in UTF-8.
    """
    outlines = []
    for publisher in publishers:
        profiles = current(publisher.presence, publisher.source, site.social_confidence)
        if profiles:
            origin = naming.publisher(publisher.source, publisher.info)
            outlines.append(outline(origin.title, {"htmlUrl": origin.site_url}))
            outlines[-1].extend(outline(border.line(name_of(profile)), _profile(profile)) for profile in profiles)
    return outline_list(site, outlines)


def _profile(profile: Profile) -> dict[str, str]:
    feed = border.address(native_feed(profile))
    title = name_of(profile) if feed else ""  # for a subscription, "it should not be omitted" (OPML 2.0)
    said = {"title": title, "type": "rss" if feed else "", "xmlUrl": feed, "htmlUrl": border.address(profile.url)}
    return {name: border.line(value) for name, value in (said | marks(profile)).items()}
