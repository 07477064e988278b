"""Read credits from the captions of pictures, and from metadata fields that hold nothing but a credit."""

import re

from syndicator.model.social import Credit
from syndicator.social.credits import LABEL, SHORTENED, read_credit
from syndicator.social.labels import tidy

_LONGEST = 600  # the most characters of a caption
_LONGEST_FIELD = 150  # the most characters of a field that holds nothing but a credit
_BARE_LABEL = re.compile(
    r"(?:(?:фото|photo)\s+(?:by\s+)?|^by\s+)(?=[A-ZА-ЯЁ]\w+\s[A-ZА-ЯЁ])|^courtesy\s+of\s+(?=\w)", re.IGNORECASE
)
_BUTTON = re.compile(r"\W*перейти\s+в\s+(?:медиа|фото)банк\W*$", re.IGNORECASE)
"""The text of a button that agencies put behind a caption."""
_SENTENCE = re.compile("[，。；！？]")
_START = re.compile(
    r"(?:(?<=[.!?…)»\"”|/—–•·\n])|(?<=^)|(?<=\()|(?<=\s))"
    rf"(?=(?:автор\s+)?(?:{LABEL})?"
    r"(?:\s+(?:credits?|courtesy|source))?\s*(?:[:：]|©|\(c\)|(?<=source),|\s(?:by|courtesy\s+of|von|par|por|di|de|door|av)\s))"
    rf"|(?<=[(\s/|])(?=(?:{SHORTENED})\s)",
    re.IGNORECASE,
)
_AGENCY_PHOTO = re.compile(
    r"\(?(?P<agency>(?:AP|AFP|EPA|Reuters|REUTERS|Getty Images|TASS|ТАСС|РИА Новости)\s+(?=Photo|Фото)|REUTERS(?=/))"
    r"(?:Photo|Фото)?\s*/\s*"
    r"(?P<name>[^()/,;]{3,60}?)(?:,\s*(?:File|Pool|архив))?\)?\.?$"
)
_IN_CAPITALS = re.compile(r"[./|–—]\s*(?P<name>[^\W\d_]{2,}(?:\.?[ '’-]+[^\W\d_]{2,}){1,3})$")
"""The maker in capitals at the end of a caption, as in Spanish papers: «Un crucero en el muelle. / PACO REYES»."""
_TAKEN_BY = re.compile(
    r"(?:^|[＝=、。，(（\s])(?P<name>[\u3400-\u9fff][\u30a0-\u30ff\u3400-\u9fff]{1,9})(?:氏)?撮影[)）。]?$"
)
"""The maker at the end of a caption, as in Japanese papers: a name and «撮影» ("taken by")."""
_DATED = re.compile(r",?\s*(?:19|20)\d\d(?:\s*г(?:ода|\.))?(?=\s*(?:$|[/|,;)]))")


def credit_in(text: str) -> tuple[Credit, ...]:
    """The credits that a caption consists of or ends with; the text before them is ignored."""
    text = tidy(text)
    if len(text) > _LONGEST or not (text := _BUTTON.sub("", text)):
        return ()
    if hit := _AGENCY_PHOTO.search(text):
        return (Credit(role="photographer", name=hit["name"].strip(), agency=hit["agency"].strip()),)
    if hit := _TAKEN_BY.search(text):
        return (Credit(role="photographer", name=hit["name"]),)
    if (hit := _IN_CAPITALS.search(text)) and hit["name"].isupper() and hit.start():
        return read_credit(f"Фото: {hit['name']}")
    for start in [0, *(it.start() for it in _START.finditer(text) if it.start())]:
        line = _DATED.sub("", text[start:].strip(" ()[].|/—–•·"))
        if found := read_credit(line):
            return found
    return ()


def credit_of(text: str) -> tuple[Credit, ...]:
    """Read a field that holds nothing but a credit: «Иван Иванов / РИА Новости», with or without a label."""
    text = _BARE_LABEL.sub("", tidy(text))
    is_field = 0 < len(text) <= _LONGEST_FIELD and not _SENTENCE.search(text)
    whole = read_credit(f"Фото: {text}") if is_field else ()
    return whole if text.find("©") > 0 and whole else credit_in(text) or whole
