"""The page about publishers for people, `/social`: their profiles with the evidence, and their picture credits."""

from collections.abc import Sequence
from typing import Any

from syndicator.model.document import Document
from syndicator.model.noun import replace
from syndicator.model.presence import Profile
from syndicator.model.settings import Site
from syndicator.publish import border, naming
from syndicator.publish.html import feed_addresses, our_language, render
from syndicator.publish.linking import labels, name_of, publishable
from syndicator.publish.social import Publisher
from syndicator.publish.social_events import ADDRESSES
from syndicator.social.profiles import BARE

WORDS: dict[str, dict[str, str]] = {
    "en": {
        "channels": "Publishers’ channels",
        "channels_help": "The channels that their articles show, and how certain each is. Nothing is made up.",
        "skip_channels": "Skip to the publishers",
        "no_channels": "No channels of publishers are known yet.",
        "events": "Changes, as a feed",
        "data": "The same as data",
        "since": "since",
        "sure": "certainty",
        "declared": "the operator of this site says so",
        "articles": "articles:",
        "last_in": "last in",
        "gone": "no longer shown",
        "changed": "now goes by another name",
        "conflict": "one of several accounts there",
        "by_name": "Known by name alone, without an address:",
        "credits": "Picture credits",
        "author_of": "author",
        "photographer": "photo",
        "illustrator": "drawing",
        "video": "video",
        "agency": "agency",
    },
    "ru": {
        "channels": "Где есть издания",
        "channels_help": "Какие каналы видны в самих статьях и насколько это надёжно. Ничего не додумано.",
        "skip_channels": "К изданиям",
        "no_channels": "О каналах изданий пока ничего не известно.",
        "events": "Что меняется, лентой",
        "data": "То же в виде данных",
        "since": "с",
        "sure": "уверенность",
        "declared": "так указал владелец этого сайта",
        "articles": "статей:",
        "last_in": "последняя:",
        "gone": "больше не указывается",
        "changed": "теперь под другим именем",
        "conflict": "одна из нескольких учётных записей там",
        "by_name": "Известно только имя, без адреса:",
        "credits": "Кто снимал и рисовал",
        "author_of": "автор",
        "photographer": "фото",
        "illustrator": "рисунок",
        "video": "видео",
        "agency": "агентство",
    },
}
"""The page's own words, by language, beside those of all pages."""

PLACES = {
    "ru": {
        "subscription line": "строка «подписывайтесь»",
        "source feed": "сама лента",
        "head link": "ссылка в заголовке страницы",
        "meta": "метаданные страницы",
        "header link": "шапка сайта",
        "footer link": "подвал сайта",
        "author box": "справка об авторе",
        "discussion link": "ссылка на обсуждение",
        "icon row": "ряд значков",
        "widget": "виджет",
        "channel post": "запись в канале",
        BARE: ", только имя",
    },
}
"""Names of kinds of places in other languages than English; a kind without one keeps its English name."""


def render_social_page(site: Site, events: Document, publishers: Sequence[Publisher]) -> bytes:
    """Render the page that shows people the publishers' profiles, the evidence for them, and picture credits.

    Args:
        site: The site, with its name, its address and the least confidence that a published link must have.
        events: The feed of events, which the page links to; its items are not shown.
        publishers: The publishers in the order to be shown.

    Returns:
        HTML in UTF-8.
    """
    known = [it for it in publishers if it.credits or it.presence.profiles]
    languages = {our_language(it.info.language or it.source.language) for it in known}
    language = "ru" if languages == {"ru"} else "en"
    everything = [_publisher(site, it, language) for it in known]
    shown = [it for it in everything if it["channels"] or it["labels"] or it["credits"]]
    document = replace(events, items=(), language=language)
    feeds = [(border.line(events.title), events.url, feed_addresses(site, ADDRESSES))]
    return render("social.html", site, document, WORDS, page=events.url, feeds=feeds, publishers=shown)


def _publisher(site: Site, publisher: Publisher, language: str) -> dict[str, Any]:
    """The template's variables for a publisher."""
    origin = naming.publisher(publisher.source, publisher.info)
    private = publisher.source.private
    profiles = publishable(publisher.presence, publisher.source, site.social_confidence)
    return {
        "id": publisher.source.id,
        "title": origin.title,
        "url": origin.site_url,
        "channels": [_profile(each, language, private=private) for each in profiles],
        "labels": [border.line(each.label) for each in labels(publisher.presence, publisher.source)],
        "credits": []
        if publisher.source.republish == "headline"
        else [
            {
                "title": border.line(each.title),
                "url": "" if private else border.address(each.url),
                "names": [(role, border.line(name)) for role, name in each.names],
            }
            for each in publisher.credits
        ],
    }


def _in_words(place: str, language: str) -> str:
    """The name of a kind of place in the page's language, if there is one; else its English name."""
    kind, comma, alone = place.partition(BARE)
    words = PLACES.get(language, {})
    return words.get(kind, kind) + (words.get(BARE, BARE) if comma else alone)


def _profile(profile: Profile, language: str, *, private: bool) -> dict[str, Any]:
    return {
        "name": border.line(name_of(profile)),
        "platform": profile.platform,
        "handle": border.line(profile.handle),
        "author": border.line(profile.author),
        "url": border.address(profile.url),
        "rel": "me noopener" if profile.owned else "noopener",
        "sure": round(profile.confidence * 100),
        "status": profile.status,
        "conflict": profile.conflict,
        "since": profile.first_seen,
        "evidence": [
            {
                "place": _in_words(border.line(piece.place), language),
                "locator": border.line("" if piece.locator.startswith("/") else piece.locator),  # a path is no words
                "sure": round(piece.confidence * 100),
                "since": piece.first_seen,
                "count": piece.count,
                "title": "" if private else border.line(piece.article),
                "url": "" if private else border.address(piece.url),
            }
            for piece in profile.evidence
        ],
    }
