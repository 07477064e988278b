"""The body of an article's page, as the page's own markup."""

import re
from collections import defaultdict
from copy import deepcopy
from itertools import count, islice

from lxml.etree import strip_elements
from lxml.html import HtmlElement

from syndicator.model.article import Text
from syndicator.model.social import Credit
from syndicator.parse.tree import Page, fragment, inner_html, outer_html, words
from syndicator.parse.witness import Witness, has_social, is_linked, words_of
from syndicator.social.credits import read_credit
from syndicator.social.platforms import tidy
from syndicator.text.datelines import find_dates
from syndicator.text.markup import plain

MOST_ELEMENTS = 20_000
"""Above this, the extractor takes seconds; a long article's page has a quarter of it."""
_SHORTEST_WITNESS = 200
_PAGES_BEFORE_RESET = 500
_MOST_CAPTIONS = 200
_FURNITURE = "descendant::nav | descendant::form | descendant::button | descendant::aside | descendant::footer"
_HIDDEN = "descendant::*[@hidden] | descendant::*[contains(translate(@style, ' ', ''), 'display:none')]"
_HOLDERS = ("div", "section", "article", "main", "td", "center")
_BLOCKS = frozenset(
    {
        "p",
        "div",
        "ul",
        "ol",
        "dl",
        "table",
        "blockquote",
        "pre",
        "figure",
        "section",
        "article",
        "header",
        "footer",
        "aside",
    }
    | {"h1", "h2", "h3", "h4", "h5", "h6", "hr", "form", "nav"}
)
_HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6"})
_COMMENTS = re.compile(
    r"\W*(?:\d+\W+)?(?:(?:leave|post|add|write)\s+(?:a|your)\s+)?(?:comments?|reply|replies|responses|discussion|комментари[ийе]|обсуждение|"
    r"коментарі|kommentare?|commentaires?|comentarios?|comentar|commenti|コメント|评论|댓글)(?:\W*\d+)?\W*",
    re.IGNORECASE,
)
_LONGEST_CALL = 40
_MOST_DATELINES = 3
_FEWEST_LINKS = 3
_LONG = 1_000
_TAKEN = 0.3
_SILENT = frozenset({"script", "style", "noscript", "template"})
_SHORTEST_LOOSE = 40
_extractions = count(1)


def find_body(page: Page, told: Text | None, marked: Text | None) -> tuple[Text | None, tuple[Credit, ...]]:
    """The body, and whom the captions of its pictures credit; by the first of these that holds.

    1. Where the page shows the text that JSON-LD tells: that place, less what that text does not know.
    2. The marked element, less what looks like furniture and is not known to the extractor either.
    3. What the extractor takes for the body.

    And where that is less than half of what the metadata tell: their text, without markup. Behind a paywall, or in a
    page that is filled by its scripts, there is no more of it.

    Args:
        page: The page.
        told: The `articleBody` of JSON-LD.
        marked: The `articleBody` of microdata: markup, or plain text out of a `meta`.
    """
    text = told or (marked if marked and not marked.html else None)
    found = _shown(page, text) or _marked(page, marked) or extracted(page)
    length = len(plain(found.value)) if found else 0
    if found is None or (text is not None and 2 * length < len(text.value)):
        return text or found, ()
    return _without_captions(_without_dateline(found))


def extracted(page: Page) -> Text | None:
    """The body by the shape of the page."""
    if next(islice(page.root.iter(), MOST_ELEMENTS, None), None) is not None:
        return _markup(page, _densest(page.root))
    from trafilatura import extract  # noqa: PLC0415 - costs 0.3 s, and not every page needs it
    from trafilatura.meta import reset_caches  # noqa: PLC0415

    root = deepcopy(page.root)
    strip_elements(root, "script", with_tail=False)  # else it finds the plain text of JSON-LD there
    wrap_loose_text(root)
    try:
        markup = extract(
            root, output_format="html", fast=True, include_comments=False, include_images=True, include_links=True
        )
    except Exception:  # noqa: BLE001 - a stranger's code on a stranger's page: the article is kept without its body
        return None
    if next(_extractions) % _PAGES_BEFORE_RESET == 0:
        reset_caches()  # they grow with every page
    body = (markup or "").partition("<body>")[2].rpartition("</body>")[0].strip()
    missed = _missed(root, body)
    if missed is not None:
        return _markup(page, missed)
    return _without_tail(Text(value=body, base=page.public_base)) if body else None


def _missed(root: HtmlElement, body: str) -> HtmlElement | None:
    """The element with most text in paragraphs, where the extractor took hardly any of it and it is the longer text."""
    dense = _densest(root)
    if dense is None:
        return None
    text, other = words_of(dense), plain(body)
    is_long = len(text) > max(_LONG, 1.5 * len(other))
    linked = sum(len(words(it)) for it in islice(dense.iter("a"), 1_000))
    return dense if is_long and 3 * linked < len(text) and Witness(other).knows(text) < _TAKEN else None


def wrap_loose_text(root: HtmlElement) -> None:
    """Make a paragraph of each text that stands between blocks: an extractor takes it for nobody's."""
    for holder in islice(root.iter(*_HOLDERS), MOST_ELEMENTS):
        if next(holder.iterchildren(*_BLOCKS), None) is None:
            continue
        run: list[HtmlElement] = []
        opening = holder.text or ""
        previous: HtmlElement | None = None
        for child in (*holder, None):
            is_break = child is None or child.tag in _BLOCKS or (child.tag == "br" and _is_break(child))
            if not is_break and child is not None:
                run.append(child)
                continue
            said = opening + "".join(
                (it.text_content() if it.tag not in _SILENT else "") + (it.tail or "") for it in run
            )
            if len(said.strip()) >= _SHORTEST_LOOSE:
                paragraph = holder.makeelement("p")
                paragraph.text = opening
                if previous is None:
                    holder.text = None
                    holder.insert(0, paragraph)
                else:
                    previous.tail = None
                    previous.addnext(paragraph)
                paragraph.extend(run)
            run = []
            if child is not None:
                previous, opening = child, child.tail or ""


def _is_break(line_break: HtmlElement) -> bool:
    """Whether it is one of two: an empty line, as old pages separate paragraphs."""
    following = line_break.getnext()
    return not (line_break.tail or "").strip() and following is not None and following.tag == "br"


def _without_tail(body: Text) -> Text:
    """Less what stands below it: comments under their heading, and links to other articles under theirs."""
    root = _inside(fragment(body.value))
    blocks = list(root)
    half = len(plain(body.value)) // 2
    length = 0
    end = len(blocks)
    for position, block in enumerate(blocks):
        text = words(block)
        if length > half and len(text) < _LONGEST_CALL and _COMMENTS.fullmatch(text):
            end = position
            break
        length += len(text)
    cut, links, position = end, 0, end
    while position > 1:
        block = blocks[position - 1]
        if is_linked(block):
            links += sum(1 for _ in block.iter("a"))
            cut = position - 1
        elif block.tag in _HEADINGS and cut == position:
            cut = position - 1
        elif len(words(block)) > _LONGEST_CALL or has_social(block):
            break
        position -= 1
    end = cut if links >= _FEWEST_LINKS else end
    if end == len(blocks):
        return body
    for element in blocks[end:]:
        root.remove(element)
    return Text(value=inner_html(root), base=body.base)


def _without_dateline(body: Text) -> Text:
    """Less the lines on top that hold a date and hardly more: «25 апреля 2022, 14:05 | Москва»."""
    root = _inside(fragment(body.value))
    lines = [
        it
        for it in islice(root, _MOST_DATELINES)
        if len(text := words(it)) < 2 * _LONGEST_CALL
        and (date := next(find_dates(text), None)) is not None
        and date.whole
        and len(text) - len(date.text) < _LONGEST_CALL // 2
    ]
    for element in lines:
        element.drop_tree()
    return Text(value=inner_html(root), base=body.base) if lines else body


def _inside(root: HtmlElement) -> HtmlElement:
    """The innermost element that holds all blocks."""
    holder = root.find("body")
    holder = root if holder is None else holder
    while len(holder) == 1 and holder[0].tag in _HOLDERS and not (holder.text or "").strip():
        holder = holder[0]
    return holder


def _shown(page: Page, text: Text | None) -> Text | None:
    """The place where the page shows a text."""
    if text is None or len(text.value) < _SHORTEST_WITNESS:
        return None
    witness = Witness(plain(text.value) if text.html else text.value)
    place = witness.place(page.root)
    pruned = witness.prune(place, strict=True) if place is not None else None
    if place is None or pruned is None:
        return None
    lead = "".join(outer_html(it) for it in witness.before(page.root, place))
    return Text(value=f"{lead}{inner_html(pruned)}", base=page.public_base)


def _marked(page: Page, marked: Text | None) -> Text | None:
    """The marked element; where the extractor sees another text there, as it is."""
    if marked is None or not marked.html:
        return None
    root = _inside(fragment(marked.value))
    length = len(words(root))
    for path in (_FURNITURE, _HIDDEN):
        for element in root.xpath(path):
            if 4 * len(words(element)) < length and element.getparent() is not None:
                element.drop_tree()
    seen = extracted(page)
    pruned = Witness(plain(seen.value)).prune(root, strict=False) if seen else None
    body = _markup(page, root if pruned is None else pruned)
    return body and _without_tail(body)


def _densest(root: HtmlElement) -> HtmlElement | None:
    """The element with most text in paragraphs of its own."""
    found: dict[HtmlElement, int] = defaultdict(int)
    for paragraph in root.iter("p"):
        parent = paragraph.getparent()
        if parent is not None:
            found[parent] += len(paragraph.text or "") + sum(len(it.tail or "") for it in islice(paragraph, 20))
    return max(found, key=found.__getitem__, default=None)


def _without_captions(body: Text) -> tuple[Text, tuple[Credit, ...]]:
    """Captions are no part of the running text; in a gallery they are the text, and stay."""
    if "<figcaption" not in body.value:
        return body, ()
    root = _inside(fragment(body.value))
    captions = list(islice(root.iter("figcaption"), _MOST_CAPTIONS))
    texts = [words(it) for it in captions]
    if 3 * sum(map(len, texts)) > len(plain(body.value)):
        return body, ()
    for element in captions:
        element.drop_tree()
    credited = tuple(credit for text in texts for credit in read_credit(tidy(text)))
    return Text(value=inner_html(root), base=body.base), credited


def _markup(page: Page, element: HtmlElement | None) -> Text | None:
    if element is None:
        return None
    markup = inner_html(element)
    return Text(value=markup, base=page.public_base) if markup.strip() else None
