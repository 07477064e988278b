"""Read the credits of a page's pictures: in captions, in marked properties, in short lines below an image.

Only pictures of the article count: those that stand before its body ends, in no list of other articles.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import chain, islice

from lxml.html import HtmlElement

from syndicator.model.social import Credit
from syndicator.parse.article.region import Region
from syndicator.parse.decoding.tree import classes, fragment, has, tokens, words
from syndicator.social.captions import credit_in, credit_of
from syndicator.social.credits import read_credit
from syndicator.social.labels import tidy
from syndicator.social.openings import may_be_furniture

_MOST_PICTURES = 60
"""The most pictures of one article that are looked at."""
_MOST_CREDITS = 40
"""The most credits of one article."""
_MOST_INSIDE = 6
"""The most elements inside a line that are looked at for a class that marks a credit."""
_LONGEST = 600
"""The most characters of a caption, and of the element around a picture in which a line below it is looked for."""
_LONGEST_LINE = 150
"""The most characters of a line with a credit below a picture that has no caption."""
_WORD = re.compile(r"[a-z]+")
"""A word in an element's classes, which are in lower case."""
_CREDIT_WORDS = frozenset({"credit", "credits", "copyright", "photographer", "photocredit", "byline", "attribution"})
"""Words in a class inside a figure that mark a credit."""
_ALONE_WORDS = _CREDIT_WORDS - {"byline"}
"""Words in the class of a line below an image that mark a credit; outside of a figure, `byline` is the article's."""
_SOURCE_WORDS = frozenset({"source", "author", "caption", "copy"})
"""Words in a class that mark a credit if the line reads like one: «Имя Фамилия / Агентство»."""
_PROPERTIES = frozenset({"copyrightholder", "credittext", "creator", "author", "copyrightnotice"})
"""Properties of microdata (`itemprop`), in lower case, that hold the credit of a picture."""
_ATTRIBUTES = ("data-credit", "data-copyright", "data-photographer")
"""Attributes of a picture, or of an element in its figure, that hold nothing but its credit."""
_SOURCE = re.compile(r"(?:источник|source)\s*:\s*(?=\S)", re.IGNORECASE)
"""The label of a source in a caption, with something behind it."""
_BEHIND = 12
"""The most elements behind a body's text in which the credit of its picture may stand."""
_STOPS = frozenset("h1 h2 h3 h4 h5 h6 article aside nav footer form img figure iframe ul ol table".split())
"""Elements at which the search for a credit behind the body ends."""
_BESIDE = frozenset({"aside", "nav", "footer", "li"})
"""Elements whose pictures are not the article's."""


def picture_credits(region: Region) -> tuple[Credit, ...]:
    """Give the credits of the article's pictures, each once, in document order; none if the page has no body.

    Args:
        region: Where the article's body stands on its page.
    """
    if region.holder is None:
        return ()
    scope = _scope(region.holder)
    pictures = (
        it
        for number, it in enumerate(region.elements[: region.last + 1])
        if it.tag in {"figure", "img", "amp-img"} and (region.holds(number) or _is_main(it, scope))
    )
    shown = (_of_figure(it) if it.tag == "figure" else _of_image(it) for it in islice(pictures, _MOST_PICTURES))
    return _once(chain(chain.from_iterable(shown), _behind(region)))


def figure_credits(markup: str) -> tuple[Credit, ...]:
    """Give the credits of the figures in an entry's own markup, each once."""
    return _once(chain.from_iterable(map(_of_figure, islice(fragment(markup).iter("figure"), _MOST_PICTURES))))


def _once(found: Iterable[Credit]) -> tuple[Credit, ...]:
    """Give each credit once, at most `_MOST_CREDITS`."""
    return tuple(dict.fromkeys(found))[:_MOST_CREDITS]


def _behind(region: Region) -> Iterator[Credit]:
    """Give the credits that stand in lines of their own right behind the body's text, up to one that a class marks."""
    for element in region.elements[region.last_text + 1 : region.last_text + 1 + _BEHIND]:
        if element.tag in _STOPS:
            return
        if element.tag not in {"script", "style", "a"}:
            text = tidy(words(element))
            if len(text) <= _LONGEST_LINE and (found := tuple(_marked_alone(element, text))):
                yield from found
                return
            yield from read_credit(text) if len(text) <= _LONGEST_LINE and may_be_furniture(text) else ()


def _scope(holder: HtmlElement) -> HtmlElement:
    """Give the element that holds the article with its leading picture.

    It is the nearest `article` or `main` around the body, else the second element around it, else what there is.
    """
    outer = [it for it in islice(holder.iterancestors(), 6) if it.tag not in {"body", "html"}]
    named = (it for it in outer if it.tag in {"article", "main"})
    return next(named, outer[min(1, len(outer) - 1)] if outer else holder)


def _is_main(picture: HtmlElement, scope: HtmlElement) -> bool:
    """Whether a picture above the body stands in the article, and in no list or box beside it."""
    for it in picture.iterancestors():
        if it is scope:
            return True
        if it.tag in _BESIDE or (it.tag == "a" and has(it, "h2", "h3", "h4")):
            return False
    return False


def _of_figure(figure: HtmlElement) -> Iterator[Credit]:
    """Give the credits of a figure: those that are marked, else those in captions, else those in its other lines."""
    found = list(_marked(figure))
    for caption in figure.iter("figcaption"):
        found = found or [*credit_in(words(caption))] or _in_parts(caption) or _sourced(caption)
    yield from found or _in_parts(figure)


def _in_parts(holder: HtmlElement) -> list[Credit]:
    """Give the credits in the first element inside another one that has any; none if there is no such element."""
    parts = (it for it in islice(holder.iterdescendants(), 30) if it.tag not in {"img", "a", "figcaption", "script"})
    return next((list(found) for it in parts if (found := credit_in(words(it)))), [])


def _sourced(caption: HtmlElement) -> list[Credit]:
    """Read what stands behind the last «Источник:» in a caption, where it is the picture's source, not the story's."""
    text = tidy(words(caption))
    hits = list(_SOURCE.finditer(text))
    return [*read_credit(f"Фото: {text[hits[-1].end() :]}")] if hits and len(text) <= _LONGEST else []


def _marked(holder: HtmlElement) -> Iterator[Credit]:
    """Give the credits of the first element in a figure that is marked: by microdata, class, attribute or `cite`."""
    for it in islice(holder.iterdescendants(), 60):
        said = set(_WORD.findall(classes(it)))
        is_cited = it.tag == "cite" and next(it.iterancestors("figcaption"), None) is not None
        is_said = is_cited or (said & _CREDIT_WORDS and it.find(".//img") is None)
        if is_said or not _PROPERTIES.isdisjoint(tokens(it, "itemprop")):
            name = next((words(each) for each in it.iter() if each.get("itemprop") == "name"), "")
            if found := credit_of(it.get("content") or name or words(it)):
                yield from found
                return
        if value := _attribute(it):
            yield from credit_of(value)
            return


def _attribute(element: HtmlElement) -> str:
    """Give the credit in an element's attributes, as written; an empty string if there is none."""
    return next(filter(None, map(element.get, _ATTRIBUTES)), "")


def _of_image(image: HtmlElement) -> Iterator[Credit]:
    """Give the credits in an image's attributes, else in a line of its own right below it.

    An image inside a figure has none: `_of_figure` reads them.
    """
    if any(it.tag == "figure" for it in islice(image.iterancestors(), 6)):
        return
    if value := _attribute(image):
        yield from credit_of(value)
        return
    place = image
    for _ in range(3):
        for it in islice(place.itersiblings(), 2):
            text = words(it)
            if 0 < len(text) <= _LONGEST_LINE and (found := tuple(_marked_alone(it, text)) or credit_in(text)):
                yield from found
                return
        parent = place.getparent()
        if parent is None or parent.tag in {"article", "main", "body"} or len(words(parent)) > _LONGEST:
            return
        place = parent


def _marked_alone(element: HtmlElement, text: str) -> Iterator[Credit]:
    """Give the credits in a line below a picture, or in an element inside it, whose class marks a credit.

    Args:
        element: The line.
        text: Its words.
    """
    for it in (*islice(element.iterdescendants("span", "div", "p"), _MOST_INSIDE), element):
        line = text if it is element else words(it)
        said = set(_WORD.findall(classes(it)))
        is_photo = "photo" in said and said & {"author", "byline"}
        is_said = said & _ALONE_WORDS or is_photo or (said & _SOURCE_WORDS and "/" in line)
        if is_said and (found := credit_of(line)):
            yield from found
            return
