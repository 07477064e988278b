"""Bodies that say their own address wherever a format lets them: in links, ids, texts, and in every spelling."""

import base64
import html
import json
from collections.abc import Callable
from urllib.parse import quote, urlsplit, urlunsplit

PROSE = "The council met on Thursday and spoke at length about the bridge, the river and the winter market. " * 2
PAGE = "Engineers have wound the tower clock again, which had stood still since somebody dropped a key into it. " * 4
CLEAN = "Of this, nothing is private: "
"""Too few words to be taken for another source's."""


def said(url: str, *more: str) -> str:
    """The address, its user and password, and `more`, as text in every spelling that a body may have."""
    userinfo = urlsplit(url).netloc.rpartition("@")[0]
    encoded = base64.b64encode(userinfo.encode()).decode() if userinfo else ""
    texts = [url, quote(url, safe=""), quote(quote(url, safe=""), safe=""), userinfo, encoded, *more]
    return " ".join(filter(None, [*texts, json.dumps(url).replace("/", "\\/")]))


def markup(url: str, *more: str, prose: str = PROSE) -> str:
    """A body in HTML with links to the address: absolute, relative, in pictures and in text."""
    own, parts = html.escape(url), urlsplit(url)
    query, path = html.escape(parts.query), html.escape(urlunsplit(("", "", *parts[2:])))
    links = (own, f"{own}#top", f"?{query}", path, "next", "./")
    return (
        f"<p>{prose}</p><p>{html.escape(said(url, *more))}</p><p>"
        + ", ".join(f'<a href="{link}">link</a>' for link in links)
        + f'<img src="{own}" alt="a"><img src="p.png?{query}" srcset="{own} 2x" alt="b"></p>'
        + f'<blockquote cite="{own}">{prose}</blockquote>'
    )


def rss(url: str, link: str, *more: str) -> bytes:
    own, body = html.escape(url), html.escape(markup(url, *more))
    return f"""<?xml version="1.0"?><rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"
 xmlns:media="http://search.yahoo.com/mrss/" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xml:base="{own}"><channel><title>Daily {own}</title><link>{own}</link><description>{own}</description>
<atom:link rel="self" href="{own}"/><atom:link rel="hub" href="{own}"/><copyright>{own}</copyright>
<docs>{own}</docs><generator>{own}</generator><image><url>{own}</url><title>{own}</title><link>{own}</link></image>
<item><title>Echo {own}</title><link>{own}</link><guid>{own}</guid><description>{body}</description>
<content:encoded>{body}</content:encoded><enclosure url="{own}" length="9" type="audio/mpeg"/><comments>{own}</comments>
<author>a@b.example ({own})</author><category domain="{own}">{own}</category><source url="{own}">{own}</source>
<media:content url="{own}" medium="image"/><pubDate>{own}</pubDate></item>
<item><title>Second echo</title><link>{own}#2</link><guid isPermaLink="false">urn:echo:{own}</guid>
<description>{html.escape(said(url, *more))}</description></item>
<item><title>Relative</title><link>relative/1</link><guid isPermaLink="false">r1</guid></item>
<item><title>Clean</title><link>{link}</link><guid>{link}</guid><description>{CLEAN}{link}</description></item>
</channel></rss>""".encode()


def atom(url: str, link: str, *more: str) -> bytes:
    own, body = html.escape(url), html.escape(markup(url, *more))
    return f"""<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" xml:base="{own}">
<title>Daily {own}</title><id>{own}</id><link rel="self" href="{own}"/><link href="{own}"/>
<icon>{own}</icon><logo>{own}</logo><rights>{own}</rights><subtitle>{own}</subtitle>
<generator uri="{own}">{own}</generator><updated>2026-03-05T14:00:00Z</updated>
<entry><title type="html">Echo {html.escape(own)}</title><id>{own}</id><link href="{own}"/>
<link rel="related" href="{own}"/><link rel="enclosure" href="{own}"/>
<link rel="replies" href="{own}"/><link rel="via" href="{own}"/>
<author><name>{own}</name><uri>{own}</uri></author><category term="{own}" scheme="{own}" label="{own}"/>
<content type="html">{body}</content><summary>{html.escape(said(url, *more))}</summary><rights>{own}</rights>
<updated>2026-03-05T14:00:00Z</updated></entry>
<entry><title>Second echo</title><id>tag:{own}</id><link href="?{html.escape(urlsplit(url).query)}"/>
<content src="{own}" type="text/html"/><updated>2026-03-05T14:00:00Z</updated></entry>
<entry><title>Relative</title><id>urn:r1</id><link href="relative/1"/>
<content type="html">&lt;a href="more"&gt;x</content><updated>2026-03-05T14:00:00Z</updated></entry>
<entry><title>Clean</title><id>{link}</id><link href="{link}"/><content>{CLEAN}{link}</content>
<updated>2026-03-05T14:00:00Z</updated></entry></feed>""".encode()


def rdf(url: str, link: str, *more: str) -> bytes:
    own, body = html.escape(url), html.escape(markup(url, *more))
    return f"""<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns="http://purl.org/rss/1.0/"><channel rdf:about="{own}"><title>Daily {own}</title><link>{own}</link>
<description>{own}</description></channel>
<item rdf:about="{own}"><title>Echo {own}</title><link>{own}</link><description>{body}</description></item>
<item rdf:about="{link}"><title>Clean</title><link>{link}</link><description>{CLEAN}{link}</description></item>
</rdf:RDF>""".encode()


def json_feed(url: str, link: str, *more: str) -> bytes:
    echo = {
        "id": url, "url": url, "external_url": url, "title": f"Echo {url}", "content_html": markup(url, *more),
        "summary": said(url, *more), "image": url, "banner_image": url, "tags": [url],
        "authors": [{"name": url, "url": url, "avatar": url}],
        "attachments": [{"url": url, "mime_type": "audio/mpeg", "title": url}],
    }  # fmt: skip
    items = [
        echo,
        {"id": f"2:{url}", "url": f"?{urlsplit(url).query}", "content_text": said(url, *more)},
        {"id": link, "url": link, "title": "Clean", "content_text": CLEAN + link},
    ]
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": f"Daily {url}", "feed_url": url, "next_url": url}
    feed |= {"home_page_url": url, "icon": url, "favicon": url, "description": url, "items": items}
    return json.dumps(feed).encode()


def listing(url: str, link: str, *more: str) -> bytes:
    """A page that lists two articles: one under its own address, one under `link`."""
    own = html.escape(url)
    return (
        f'<html><head><title>Daily {own}</title><link rel="canonical" href="{own}">'
        f'<meta property="og:url" content="{own}"></head><body>{markup(url, *more)}'
        f'<article><h2>Echo {own}</h2><a href="{own}">read</a><p>{own}</p></article>'
        f'<article><h2>Clean</h2><a href="{link}">read</a></article></body></html>'
    ).encode()


def article(url: str, link: str, *more: str) -> bytes:
    """The page of one article, which says everywhere that it lies at `url`."""
    own = html.escape(url)
    data = {
        "@context": "https://schema.org", "@type": "NewsArticle", "headline": "Clean", "url": url,
        "mainEntityOfPage": url, "image": url, "author": {"@type": "Person", "name": url, "url": url},
        "publisher": {"@type": "Organization", "name": url, "logo": url, "sameAs": [url]},
    }  # fmt: skip
    return (
        f'<html><head><title>Clean</title><link rel="canonical" href="{own}"><meta property="og:url" content="{own}">'
        f'<meta property="og:image" content="{own}"><base href="{own}">'
        f'<script type="application/ld+json">{json.dumps(data)}</script></head><body><article><h1>Clean</h1>'
        f'<div itemprop="articleBody">{markup(url, *more, prose=PAGE)}<p>{link}</p></div></article></body></html>'
    ).encode()


BODIES: dict[str, Callable[..., bytes]] = {
    "rss": rss,
    "atom": atom,
    "rdf": rdf,
    "json": json_feed,
    "paths": json_feed,
    "listing": listing,
    "article": article,
}
