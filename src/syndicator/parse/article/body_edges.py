"""Remove from a body what is not running text: bylines and headlines on top, comments and links below, captions."""

import re
from collections.abc import Iterable, Sequence
from itertools import islice

from lxml.html import HtmlElement

from syndicator.model.article import Text
from syndicator.model.social import Credit
from syndicator.parse.article.author_marks import BY, SIGNED
from syndicator.parse.article.furniture import leads_away
from syndicator.parse.article.loose import HOLDERS
from syndicator.parse.article.witness import has_social, is_linked, leaves
from syndicator.parse.decoding.tree import drop, fragment, has, inner_html, words
from syndicator.parse.metadata.schemaorg import is_section
from syndicator.social.credits import read_credit
from syndicator.social.labels import tidy
from syndicator.text.datelines import find_dates
from syndicator.text.keys import fold
from syndicator.text.markup import plain
from syndicator.text.people import people

_HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6"})
"""Headings inside a body."""
_MEDIA = ("img", "figure", "video", "audio", "table", "pre", "blockquote")
"""Elements with something to see, hear or quote: what is cut off at the end of a body has none of them."""
_COMMENTS = re.compile(
    r"\W*(?:\d+\W+)?(?:всего\s+)?(?:(?:leave|post|add|write)\s+(?:a|your)\s+)?(?:comments?|reply|replies|responses|discussion|"
    r"комментари(?:[ийе]|ев)|обсуждение|коментарі|kommentare?|commentaires?|comentarios?|comentar|commenti|コメント|评论|댓글)"
    r"(?:\W*\d+)?\W*",
    re.IGNORECASE,
)
"""The whole heading of readers' comments, perhaps with their number: «Комментарии (12)»."""
_COUNT = re.compile(
    r"[012]?\d:[0-5]\d|\d+(?:[.,]\d+)?\s*(?:[kкmм]|тыс\.?|мин\.?|min\.?|min(?:ute)?s? read)?", re.IGNORECASE
)
"""A time of day, a number of readers, or the minutes that reading takes."""
_FILED = re.compile(
    r"\W*(?:категори[яи]|рубрик[аи]|раздел|просмотр\w*|прочитан\w*|прочитали|добавил[аио]?|добавлен\w*|рейтинг|теги|метки|голосов|"
    r"комментари\w+|автор|источник|дата|categor(?:y|ies)|tags?|views|hits|posted\s+(?:in|by)|filed\s+under|rating|comments?)"
    r"(?!\w)[^|]{0,60}",
    re.IGNORECASE,
)
"""A part of the line with an article's category and its readers: «Категория: Город | Просмотров: 123»."""
_LABELS = frozenset({"h2", "h3", "h4", "h5", "h6", "p", "div", "span", "strong", "b"})
"""Elements that may be the label above a promo."""
_ENDS = tuple('.!?…»”"')
"""Signs with one of which a sentence ends; a line that ends with one is no label."""
_STOPS = (".", "…", "。")
"""Signs with one of which a sentence ends that is marked as a heading."""
_OPEN = (" -", " –", " —", " |", " ·")
"""How a line ends behind which a date or a name stood: «Murcia -»."""
_CELLS = frozenset({"td", "th"})
"""Cells of a table."""
_PARTS = _CELLS | {"li", "dt", "dd"}
"""Cells of a table, and members of a list."""
_MOST_BLOCKS = 5_000
"""The most blocks of a body that are looked at."""
_LABEL = 60
"""Characters of a line above a headline, such as a breadcrumb or the day of the visit; a longer one is text."""
_SHORT = 40
"""Characters of a line that may be a date, a label or a button; a longer one is text."""
_LONGEST_FILED = 300
"""Characters of a line that says how an article is filed; a longer one is text."""
_MOST_ON_TOP = 4
"""The most blocks on top of a body that are looked at for bylines and headlines."""
_FEWEST_LINKS = 3
"""The fewest links of blocks at the end of a body that are removed."""
_MOST_CAPTIONS = 200
"""The most captions of a body that are looked at."""


def without_tail(body: Text) -> Text:
    """Remove what stands below a body: comments with their heading, and links to other articles with theirs."""
    root = inside(fragment(body.value))
    end = _before_links(root[: _before_comments(root, len(plain(body.value)) // 2)])
    if end == len(root):
        return body
    del root[end:]
    return Text(value=inner_html(root), base=body.base)


def _before_comments(blocks: Iterable[HtmlElement], half: int) -> int:
    """Find the first block of the second half that is the heading of comments, or says how an article is filed.

    Returns:
        Its position; the number of blocks, if there is none.
    """
    length = position = 0
    for position, block in enumerate(blocks):
        text = words(block)
        if length > half and (_is_filed(text) or (len(text) < _SHORT and _COMMENTS.fullmatch(text))):
            return position
        length += len(text)
    return position + 1


def _is_filed(text: str) -> bool:
    parts = text.split("|") if len(text) < _LONGEST_FILED else []
    return len(parts) > 1 and all(map(_FILED.fullmatch, parts))


def _before_links(blocks: Sequence[HtmlElement]) -> int:
    """Find where the blocks at the end begin that are links, or headings without a text below; never the first block.

    Returns:
        The position; the number of blocks, if there are fewer links than `_FEWEST_LINKS`.
    """
    end, links = len(blocks), 0
    for position in range(len(blocks) - 1, 0, -1):
        block = blocks[position]
        if is_linked(block) or block.tag in _HEADINGS:
            links += max(1, sum(1 for _ in block.iter("a")))
            end = position
        elif len(words(block)) > _SHORT or has_social(block) or has(block, *_MEDIA):
            break
    return end if links >= _FEWEST_LINKS else len(blocks)


def without_promos(body: Text) -> Text:
    """Remove paragraphs that are all link, mostly to another article, with their label; a body of links stays whole."""
    if "<a" not in body.value:
        return body
    root = inside(fragment(body.value))
    blocks = islice(leaves(root), _MOST_BLOCKS)
    promos = [it for it in blocks if (is_linked(it) or _is_dated(it)) and _is_promo(words(it), it)]
    length = sum(map(len, {words(it) for it in promos}))
    if not promos or 3 * length > len(plain(body.value)):
        return body
    for element in promos:
        label = element.getprevious()
        drop([element] if label is None or not _is_label(label) else [label, element])
    return Text(value=inner_html(root), base=body.base)


def _is_label(block: HtmlElement) -> bool:
    """Whether a block may be the label above a promo, such as «Читайте также»: a few words, and no sentence."""
    return block.tag in _LABELS and len(text := words(block)) < _SHORT and text[-1:] not in _ENDS


def _is_dated(block: HtmlElement) -> bool:
    """Whether a block has nothing beside its links but a date, which is that of the linked article."""
    beside = " ".join(filter(None, (block.text, *(it.tail for it in islice(block, 20))))).strip()
    if not 0 < len(beside) < _SHORT or block.find("a") is None:
        return False
    date = next(find_dates(beside), None)
    return date is not None and not date.before and len(date.after) <= 2


def _is_promo(text: str, block: HtmlElement) -> bool:
    """Whether linked words may be a headline: not an address, not a sentence of the text."""
    is_sentence = text[-1] in "….:;,"
    row = block.getparent() if block.tag == "li" else None
    if row is not None and leads_away(row):
        return False
    return len(text) >= _SHORT // 2 and not is_sentence and "@" not in text and not has(block, "img")


def without_byline(body: Text, names: Sequence[str]) -> Text:
    """Remove lines on top with hardly more than a date or these names («25 апреля 2022, 14:05 | Москва»).

    A last line that is only a signature is removed, too.
    """
    root = inside(fragment(body.value))
    top = dict.fromkeys((*islice(root, _MOST_ON_TOP), *filter(_is_alone, _told(root))))
    lines = [it for it in top if it is not root and _is_byline(words(it), names)]
    lines += [it for it in root[-1:] if it not in lines and _is_signature(words(it), names)]
    if not lines or set(lines) >= set(root):
        return body
    drop(lines)
    return Text(value=inner_html(root), base=body.base)


def without_headline(body: Text, headlines: Iterable[str], *, is_title: bool = True) -> Text:
    """Remove the headline on top of a body, with the labels above it: the article's title repeats it.

    If the line above the headline may be the rubric, both stay: `parse.body` finds the rubric by the headline, which it
    can do only if the headline becomes the article's title (`is_title`).
    """
    told = {fold(it) for it in headlines} - {""}
    root = inside(fragment(body.value))
    top = _told(root)
    place = next((at for at, it in enumerate(top) if fold(words(it)) in told), 0)
    if is_title and place == 1 and is_section(words(top[0])):
        return body
    blocks = (*islice(root, _MOST_ON_TOP), *top)
    repeated = {it for it in blocks if it is not root and fold(words(it)) in told}
    if all(len(text := words(it)) < _LABEL and text[-1:] not in _ENDS for it in top[:place]):
        repeated.update(top[:place])
    if not repeated or repeated >= set(root):
        return body
    drop(repeated)
    return Text(value=inner_html(root), base=body.base)


def without_captions(body: Text) -> tuple[Text, tuple[Credit, ...]]:
    """Remove captions, and read their credits; in a gallery, where captions are the text, they stay."""
    if "<figcaption" not in body.value:
        return body, ()
    root = inside(fragment(body.value))
    captions = list(islice(root.iter("figcaption"), _MOST_CAPTIONS))
    texts = [words(it) for it in captions]
    if 3 * sum(map(len, texts)) > len(plain(body.value)):
        return body, ()
    drop(captions)
    credited = tuple(credit for text in texts for credit in read_credit(tidy(text)))
    return Text(value=inner_html(root), base=body.base), credited


def without_loose_end(body: Text) -> Text:
    """Remove the headings that end a body: what stood below them was not the article's. A sentence is no heading."""
    root = inside(fragment(body.value))
    ends: list[HtmlElement] = []
    for block in reversed(root):
        if has(block, *_MEDIA) or has_social(block) or (block.tail or "").strip():
            break
        text = words(block)
        if text and (block.tag not in _HEADINGS or text.endswith(_STOPS)):
            break
        ends.append(block)
    if not any(map(words, ends)) or len(ends) == len(root):
        return body
    drop(ends)
    return Text(value=inner_html(root), base=body.base)


def inside(root: HtmlElement) -> HtmlElement:
    """Find the innermost element that holds all blocks."""
    holder = root.find("body")
    holder = root if holder is None else holder
    while len(holder) == 1 and holder[0].tag in HOLDERS and not (holder.text or holder[0].tail or "").strip():
        holder = holder[0]
    return holder


def _told(root: HtmlElement) -> list[HtmlElement]:
    """Give the first blocks with words: pages that are laid out in tables have many empty ones."""
    return list(islice(filter(words, islice(leaves(root), _MOST_BLOCKS)), _MOST_ON_TOP))


def _is_alone(line: HtmlElement) -> bool:
    """Whether a line is outside of lists and tables, or the only text of a table's row; in a table, a date is data."""
    place = next((it for it in (line, *line.iterancestors()) if it.tag in _PARTS), None)
    if place is None or place.tag not in _CELLS:
        return place is None
    row = place.getparent()
    return row is None or words(place) != words(line) or words(place) == words(row)


def _unnamed(text: str, names: Iterable[str]) -> str:
    """Remove names from a text."""
    for name in names:
        text = text.replace(name, "")
    return text


def _is_signature(text: str, names: Iterable[str]) -> bool:
    """Whether a last line names the authors and nothing else: «Текст: Анна Роу»."""
    rest = _unnamed(text, names)
    return rest != text and SIGNED.fullmatch(rest) is not None


def _is_byline(text: str, names: Iterable[str]) -> bool:
    """Whether a short line has hardly more than a date, names, or a number of readers or minutes."""
    if not 0 < len(text) < 3 * _SHORT:
        return False
    if _COUNT.fullmatch(text) or (len(text) < _SHORT and text.endswith(_OPEN)):
        return True
    date = next(find_dates(text), None)
    if date is None and BY.match(text) and people(text):
        return True
    rest = _unnamed(text if date is None else date.before + date.after, names)
    return len(rest) < len(text) and sum(map(str.isalpha, rest)) < _SHORT // 2
