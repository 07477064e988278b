"""The kind `telegram`: a channel's public preview, which anybody can read at `t.me/s/NAME`.

It shows the newest messages, about twenty; each is an entry, and so is an album. Service messages (a message was
pinned, a member joined, the picture was changed) and what changes by itself (views, reactions, the votes of a poll) are
left out. The page has the class names of the messages that Telegram lets sites embed.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from html import escape

from lxml.html import HtmlElement

from syndicator.model.article import Entry, Person, Text
from syndicator.model.failure import FailureKind
from syndicator.model.outcome import Parsed
from syndicator.model.source import Source
from syndicator.model.state import FeedInfo
from syndicator.model.web import Response
from syndicator.parse.decoding.tree import Page, class_names, inner_html, open_page, outer_html, words
from syndicator.parse.failures import Unreadable
from syndicator.parse.feeds.nodes import unique
from syndicator.text.characters import one_line
from syndicator.text.markup import excerpt, plain
from syndicator.text.urls import identity, web

TITLE = 120
"""The most characters of a title: the first line of a message is as often a whole paragraph as a headline."""
MOST = 200
"""The most messages that are read of one page, the newest ones; Telegram shows a tenth of that."""

_MESSAGE = "tgme_widget_message"
"""The class of a message, with which the classes of its parts begin."""
_PICTURE = re.compile(r"background-image\s*:\s*url\(\s*['\"]?([^'\")]+)", re.IGNORECASE)
"""A background picture in a `style`; the group is its address."""
_ESCAPED = re.compile("&(?:amp;)+")
"""An ampersand that was escaped once too often, or more."""
_POST = re.compile(r"[A-Za-z0-9_]{1,64}/[0-9]{1,12}")
"""A message's name in `data-post`: its channel, and its number there."""
_TELEGRAM = ("https://t.me/", "https://telegram.me/", "https://telegram.org/")
"""How addresses begin that lead to Telegram itself."""
_PICTURES = frozenset({f"{_MESSAGE}_{name}" for name in ("photo_wrap", "video_thumb", "roundvideo_thumb")})
"""Classes of a message's own photos, and of stills of its videos."""
_OF_PAGE = frozenset({"link_preview_image", "link_preview_right_image", "link_preview_video_thumb"})
"""Classes of the picture in the preview of a page that a message links to."""


def parse(response: Response, source: Source) -> Parsed:
    """Read a channel's preview, the newest message first.

    Raises:
        Unreadable: The page is no preview: Telegram redirects elsewhere when a channel shows none.
    """
    del source  # the page says all that is needed
    page = open_page(response)
    head = _one(page.root, "tgme_channel_info")
    messages = _all(page.root, _MESSAGE)[-MOST:]
    if head is None and not messages:
        raise Unreadable(
            FailureKind.NO_PREVIEW,
            "Telegram shows no public preview of this channel.",
            "Open t.me/s/NAME in a browser. Its owner may have turned the preview off, or Telegram may restrict it:"
            " then only the app shows the channel. If the name was changed, change the source's url.",
        )
    info = FeedInfo() if head is None else _info(page, head)
    entries = tuple(_entries(page, reversed(messages), info))
    return Parsed(info=info, entries=entries, older=_older(response.url, entries))


def _older(url: str, entries: Sequence[Entry]) -> str:
    """Give the address of the page with the messages before these, as Telegram's own link has it.

    Returns:
        The address; empty: there are no entries, or the channel's first message is among them.
    """
    oldest = min((int(it.url.rpartition("/")[2]) for it in entries), default=0)
    return f"{url.partition('?')[0]}?before={oldest}" if oldest > 1 else ""


def _entries(page: Page, messages: Iterable[HtmlElement], info: FeedInfo) -> Iterator[Entry]:
    """Read the messages, the newest first.

    Each is removed from the page once it is read: a message whose element was not closed holds all that follow it, and
    would repeat them.
    """
    for message in messages:
        if "service_message" not in class_names(message) and (entry := _entry(page, message, info)) is not None:
            yield entry
        if (holder := message.getparent()) is not None:
            holder.remove(message)


def _info(page: Page, head: HtmlElement) -> FeedInfo:
    names = ("header_title", "description", "header_username")
    title, about, name = (_one(head, f"tgme_channel_info_{it}") for it in names)
    link = next(name.iter("a"), None) if name is not None else None
    return FeedInfo(
        title=words(title) if title is not None else "",
        site_url=page.link(link.get("href") or "") if link is not None else "",
        description=plain(inner_html(about)) if about is not None else "",
    )


def _entry(page: Page, message: HtmlElement, info: FeedInfo) -> Entry | None:
    post = message.get("data-post") or ""
    if not _POST.fullmatch(post):
        return None
    url = f"https://t.me/{post}"
    preview = _one(message, f"{_MESSAGE}_link_preview")
    text = next((it for it in _all(message, f"{_MESSAGE}_text") if not _is_quoted(it)), None)
    tags, links = _mended(page, text) if text is not None else ((), ())
    pictures = _pictures(page, message)
    said = [inner_html(text).strip() if text is not None else "", *_parts(message)]
    said += [f'<p><img src="{escape(it)}"></p>' for it in pictures]
    html = "\n".join(filter(None, said))
    shown = _one(preview, "link_preview_title") if preview is not None else None
    title = _title(html) or (words(shown) if shown is not None else "")
    when = _one(message, f"{_MESSAGE}_date")
    moment = next((when if when is not None else message).iter("time"), None)
    return Entry(
        key=url,
        guid=url,
        url=url,
        external_url=_about(page, links, preview),
        title=Text.plain(title),
        content=Text(value=html, base=url) if html else None,
        published=(moment.get("datetime") or "") if moment is not None else "",
        authors=_authors(page, message, info),
        categories=tags,
        images=pictures or (_pictures(page, preview, _OF_PAGE) if preview is not None else ()),
        raw=outer_html(message).encode(errors="replace"),
    )


def _mended(page: Page, text: HtmlElement) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Clean the markup of a message's text: emoji become text, hashtags lose their links, addresses are unescaped.

    Returns:
        The hashtags without `#`, and the addresses that the text links to.
    """
    tags, links = list[str](), list[str]()
    for picture in [it for it in text.iter("i", "tg-emoji") if it.tag == "tg-emoji" or "emoji" in class_names(it)]:
        _put_text(picture, "".join(map(str, picture.itertext())))
    for anchor in list(text.iter("a")):
        href = anchor.get("href") or ""
        if href.startswith("?q=%23"):
            tags.append(words(anchor).lstrip("#"))
            anchor.drop_tag()
            continue
        href = _ESCAPED.sub("&", href)
        anchor.set("href", href)
        links.append(page.link(href))
    return unique(filter(None, tags)), unique(filter(None, links))


def _put_text(element: HtmlElement, text: str) -> None:
    """Make an element a `span` that holds nothing but a text."""
    for child in list(element):
        element.remove(child)
    element.attrib.clear()
    element.text = text
    element.tag = "span"


def _parts(message: HtmlElement) -> Iterator[str]:
    """Give what a message has beside its text, as HTML: the question of a poll with its answers, the names of files."""
    for question in _all(message, f"{_MESSAGE}_poll_question"):
        yield f"<p>{escape(words(question))}</p>"
        answers = [words(it) for it in _all(message, f"{_MESSAGE}_poll_option_text")]
        if answers:
            yield f"<ul>{''.join(f'<li>{escape(it)}</li>' for it in answers)}</ul>"
    for name in _all(message, f"{_MESSAGE}_document_title"):
        yield f"<p>{escape(words(name))}</p>"


def _title(html: str) -> str:
    """Give the first line with three letters or more outside of hashtags, names (`@name`) and addresses; or empty."""
    for line in plain(html).split("\n"):
        said = one_line(line)
        bare = [it for it in said.split() if not it.startswith(("#", "@")) and "://" not in it]
        if sum(map(str.isalpha, "".join(bare))) > 2:
            return excerpt(said, TITLE)
    return ""


def _about(page: Page, links: tuple[str, ...], preview: HtmlElement | None) -> str:
    """Give the only page outside of Telegram that a message links to; empty: it links to none, or to several."""
    outside = [it for it in links if not it.startswith(_TELEGRAM)]
    if not outside and preview is not None:
        shown = page.link((preview.get("href") or "").replace("&amp;", "&"))
        outside = [] if shown.startswith(_TELEGRAM) else [shown]
    pages = {identity(it) or it: it for it in outside}
    return next(iter(pages.values())) if len(pages) == 1 else ""


def _authors(page: Page, message: HtmlElement, info: FeedInfo) -> tuple[Person, ...]:
    """Give a message's author: whom it was forwarded from, else who signed it, else the channel."""
    origin = _one(message, f"{_MESSAGE}_forwarded_from_name")
    signed = _one(message, f"{_MESSAGE}_from_author")
    if origin is not None:
        return (Person(name=words(origin), url=page.link(origin.get("href") or "")),)
    if signed is not None:
        return (Person(name=words(signed)),)
    return (Person(name=info.title, url=info.site_url),) if info.title else ()


def _pictures(page: Page, part: HtmlElement, classes: frozenset[str] = _PICTURES) -> tuple[str, ...]:
    """Give the addresses of the background pictures of elements with one of these classes, in document order."""
    shown = (it for it in part.iter() if not classes.isdisjoint(class_names(it)))
    styles = (_PICTURE.search(it.get("style") or "") for it in shown)
    return unique(web(style[1], page.base) for style in styles if style)


def _is_quoted(element: HtmlElement) -> bool:
    """Whether a text belongs to the quoted message that this one answers."""
    return any(f"{_MESSAGE}_reply" in class_names(it) for it in element.iterancestors())


def _one(element: HtmlElement, name: str) -> HtmlElement | None:
    return next(iter(_all(element, name)), None)


def _all(element: HtmlElement, name: str) -> list[HtmlElement]:
    """Give the elements of a class, in document order."""
    return list(element.find_class(name))
