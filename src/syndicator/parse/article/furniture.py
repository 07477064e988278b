"""Remove what surrounds an article from a copy of its page: menus, lists of articles, forms, notices, icons."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import islice

from lxml.etree import iterwalk
from lxml.html import HtmlElement

from syndicator.parse.article.loose import is_sentence
from syndicator.parse.article.witness import has_social
from syndicator.parse.decoding.tree import UNSEEN, drop, has, marks, words
from syndicator.social.labels import by_label
from syndicator.text.elements import LAZY

_HOLDERS = frozenset({"div", "ul", "ol", "section", "aside", "nav", "table", "td", "footer", "header"})
"""Elements that may be a menu, and are weighed."""
_VIEWED = ("img", "picture", "video", "audio", "iframe", "table", "pre", "svg")
"""Elements with something to see or hear."""
_SHOWN = (*_VIEWED, "blockquote")
"""Elements without which a figure shows nothing."""
_BESIDE = "descendant::nav | descendant::form | descendant::button | descendant::aside | descendant::footer"
"""The XPath of elements in a body that stand beside its text."""
_HIDDEN = "descendant::*[@hidden] | descendant::*[contains(translate(@style, ' ', ''), 'display:none')]"
"""The XPath of elements in a body that browsers do not show."""
_FEWEST_LINKS = 5
"""The fewest links of a menu."""
_LINKED = 0.7
"""The least share of a menu's characters that stand in links."""
_LONG_TEXT = 100
"""The fewest characters of a text outside of links that is a paragraph, and the most of a heading in a figure."""
_LONGEST_FORM = 300
"""The most characters of a form, or of a figure without pictures, that is removed."""
_LONG_LINE = 40
"""The fewest characters of a paragraph in a figure, unless it is a sentence."""
_MOST = 200
"""The most elements of one kind that are looked at."""
_PARAGRAPH = 40
"""The fewest characters of a paragraph of the text, beside a list or a form."""
_FEWEST_SITES = 3
"""The fewest hosts that a list of references leads to."""
_NAMED = "//*[@class or @id]"
"""The XPath of elements that may be called notices."""
_MOST_NAMED = 10_000
"""The most such elements, and the most pictures, that are looked at."""
_NOTICES = frozenset({"div", "section", "aside", "p", "ul"})
"""Elements that may be a notice."""
_NOTICE = re.compile(
    r"(?<![a-z])(?:cookies?(?:[-_]?(?:banner|notice|consent|bar|law|info))?|gdpr|consent|newsletter|(?:e-?mail)[-_]?sign-?up|"
    r"paywall[-_](?:banner|barrier|box|cta|message|notice|offer|overlay|prompt)|"
    r"subscri(?:be|ption)s?|abonnement|donat(?:e|ion)s?)(?![a-z])"
)
"""A class or id of a notice.

`paywall` alone is not one: it also marks the paragraphs for subscribers (schema.org's `isAccessibleForFree`).
"""
_ICONS, _CODES = "icons?|ico|avatars?|emoji|spacer", "qr|qr-?code|ewm"
"""Words in a class or id for small pictures, and for codes to be scanned, as parts of patterns."""
_ICON = re.compile(rf"(?<![a-z])(?:{_ICONS}|{_CODES})(?![a-z])")
"""A class or id of a picture that is an icon or such a code."""
_HOLDS_ICON = re.compile(rf"(?<![a-z-])(?:{_ICONS})(?![a-z-])|(?<![a-z])(?:{_CODES})(?![a-z])")
"""A class or id of an element that holds an icon; not `zoom-icon`, because the element with it holds a picture."""
_LATER = ("srcset", "data-srcset", *LAZY)
"""Attributes with the address of the real picture, beside which width and height may be a mere ratio."""
_SMALL = 100
"""Pixels: a picture that is smaller in width and in height is an icon."""
_LONGEST_NOTICE = 500
"""The most characters of a notice."""
_MOST_AROUND = 20
"""The most ancestors of a headline that are looked at."""


@dataclass(slots=True)
class _Weight:
    """What an element holds.

    Attributes:
        text: Characters.
        linked: Those of them that stand in links.
        links: Links.
        longest: Characters of the longest text outside of links.
        is_main: Whether it is or holds an `h1`, `article` or `main`.
    """

    text: int = 0
    linked: int = 0
    links: int = 0
    longest: int = 0
    is_main: bool = False


def drop_menus(root: HtmlElement) -> None:
    """Remove elements that hold hardly anything but links, at least five, and no paragraph or main heading."""
    weights = _weights(root)
    for element in list(weights):
        if weights[element].links < _FEWEST_LINKS or element.getparent() is None:
            continue
        it = weights[element]
        is_menu = it.linked >= _LINKED * it.text and it.longest < _LONG_TEXT and not it.is_main
        if is_menu and not _is_reference(element) and any(up.tag == "body" for up in element.iterancestors()):
            element.drop_tree()


def _is_reference(element: HtmlElement) -> bool:
    """Whether a list is part of a text: it stands between paragraphs, and leads to several sites."""
    before, after = element.getprevious(), element.getnext()
    if before is None or after is None or before.tag != "p" or after.tag != "p":
        return False
    return min(len(words(before)), len(words(after))) >= _PARAGRAPH and leads_away(element)


def leads_away(element: HtmlElement) -> bool:
    """Whether an element's links lead to several sites, and none is called as a platform: they are references."""
    links = [it for it in islice(element.iter("a"), _MOST) if "//" in (it.get("href") or "")]
    hosts = {(it.get("href") or "").partition("//")[2].partition("/")[0] for it in links}
    return len(hosts) >= _FEWEST_SITES and not any(by_label(words(it)) for it in links)


def drop_forms(root: HtmlElement) -> None:
    """Remove forms with the call above them («Sign up for our letter»), and figures that show nothing."""
    for form in list(islice(root.iter("form"), _MOST)):
        place = form
        while (parent := place.getparent()) is not None and parent.tag in {"div", "section", "aside"}:
            if parent.getparent() is None or len(words(parent)) > _LONGEST_FORM or _tells(parent, place):
                break
            place = parent
        if len(words(place)) <= _LONGEST_FORM:
            drop([place])
    for figure in list(islice(root.iter("figure"), _MOST)):
        if _holds_text(figure):
            figure.tag = "div"  # some editors wrap each block of a text so
        elif not has(figure, *_SHOWN) and len(words(figure)) <= _LONGEST_FORM:
            drop([figure])


def drop_icons(root: HtmlElement) -> None:
    """Remove small pictures, and codes for scanning: they show nothing of a story."""
    drop([it for it in islice(root.iter("img"), _MOST_NAMED) if _is_icon(it)])


def _is_icon(picture: HtmlElement) -> bool:
    """Whether a picture is small by width and height, or an icon or code by its class or id, or those around it."""
    sides = [side for name in ("width", "height") if (side := (picture.get(name) or "").removesuffix("px")).isdecimal()]
    is_small = [len(it) < 6 and int(it) < _SMALL for it in sides]
    if len(is_small) == 2 and all(is_small) and not any(map(picture.get, _LATER)):
        return True
    if _ICON.search(marks(picture)):
        return True
    holder = picture.getparent()
    return holder is not None and False not in is_small and _HOLDS_ICON.search(marks(holder)) is not None


def _holds_text(figure: HtmlElement) -> bool:
    """Whether a figure holds only text: nothing to see, but a paragraph, a list, a quotation or a heading."""
    if has(figure, *_VIEWED, "figcaption"):
        return False
    is_heading = has(figure, "h2", "h3", "h4") and len(words(figure)) <= _LONG_TEXT
    return is_heading or any(map(_is_told, figure.iter("p", "li", "blockquote")))


def _is_told(paragraph: HtmlElement) -> bool:
    text = words(paragraph)
    return len(text) >= _LONG_LINE or is_sentence(text)


def _tells(holder: HtmlElement, inner: HtmlElement) -> bool:
    """Whether an element has several paragraphs outside of an inner element, as a short text above a form is."""
    beside = (it for child in holder if child is not inner for it in child.iter("p"))
    return sum(1 for it in islice(beside, _MOST) if len(words(it)) >= _PARAGRAPH) > 1


def drop_notices(root: HtmlElement) -> None:
    """Remove short notices of the site: about scripts that do not run, cookies, subscriptions.

    Notices that name social networks stay, because other modules read them. So does one that is most of the text beside
    the headline: some sites name the text for subscribers so, or a story about donations.
    """
    drop([it for it in islice(root.iter("noscript"), _MOST) if not has(it, "img")])
    beside: dict[HtmlElement, int] | None = None
    for element in root.xpath(_NAMED)[:_MOST_NAMED]:
        if element.tag in _NOTICES and _NOTICE.search(marks(element)) and element.getparent() is not None:
            text = words(element)
            if len(text) > _LONGEST_NOTICE or has_social(element) or has(element, "h1"):
                continue
            beside = _beside_headline(root) if beside is None else beside
            if not _is_the_text(element, len(text), beside):
                element.drop_tree()


def _beside_headline(root: HtmlElement) -> dict[HtmlElement, int]:
    """Give the ancestors of the headline, each with its number of characters outside of headline and links."""
    heading = next(root.iter("h1"), None)
    if heading is None:
        return {}
    around = {it for it in islice(heading.iterancestors(), _MOST_AROUND) if it.tag not in {"body", "html"}}
    weights = _weights(root, {heading, *around}.__contains__)
    own = weights.pop(heading)
    return {it: weight.text - weight.linked - own.text + own.linked for it, weight in weights.items()}


def _is_the_text(element: HtmlElement, length: int, beside: Mapping[HtmlElement, int]) -> bool:
    """Whether an element is more than two thirds of the text beside the headline, and has no form."""
    holder = next(filter(beside.__contains__, element.iterancestors()), None)
    if holder is None or has(element, "form", "input", "button"):
        return False
    return 3 * length > 2 * beside[holder]


def drop_beside(root: HtmlElement) -> None:
    """Remove from a body what stands beside its text or is hidden, if it has less than a quarter of the characters."""
    length = len(words(root))
    for path in (_BESIDE, _HIDDEN):
        drop(it for it in root.xpath(path)[:_MOST] if 4 * len(words(it)) < length)


def _is_holder(element: HtmlElement) -> bool:
    return element.tag in _HOLDERS


def _weights(root: HtmlElement, is_wanted: Callable[[HtmlElement], bool] = _is_holder) -> dict[HtmlElement, _Weight]:
    """Weigh all elements that are wanted, outer before inner ones, in one walk."""
    found: dict[HtmlElement, _Weight] = {}
    path: list[_Weight] = [_Weight()]
    depth = 0  # how many links are open
    walk = iterwalk(root, events=("start", "end"))
    for event, element in walk:
        if element.tag in UNSEEN:
            walk.skip_subtree()
            if event == "end":
                _add(path[-1], element.tail, linked=depth > 0)
            continue
        if event == "start":
            own = _Weight(is_main=element.tag in {"h1", "article", "main"})
            path.append(own)
            if is_wanted(element):
                found[element] = own
            if element.tag == "a":
                depth += 1
                own.links = 1
            _add(own, element.text, linked=depth > 0)
        else:
            own = path.pop()
            if element.tag == "a":
                depth -= 1
            outer = path[-1]
            outer.text += own.text
            outer.linked += own.linked
            outer.links += own.links
            outer.longest = max(outer.longest, own.longest)
            outer.is_main = outer.is_main or own.is_main
            _add(outer, element.tail, linked=depth > 0)
    return found


def _add(weight: _Weight, text: str | None, *, linked: bool) -> None:
    """Count a text, without white space around it, to what an element holds; `linked`: it stands in a link."""
    length = len(text.strip()) if text else 0
    weight.text += length
    if linked:
        weight.linked += length
    else:
        weight.longest = max(weight.longest, length)
