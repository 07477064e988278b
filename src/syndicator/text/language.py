"""Guess a text's language from its script, and normalize language tags."""

import re
from collections import Counter
from functools import lru_cache

_SAMPLE = 2_000  # the characters of a text that are looked at
_FEWEST_LETTERS = 4  # the fewest letters by which a language can be guessed
_MAJORITY = 0.6  # the smallest share of the letters that a script must have

_CYRILLIC = "cyrillic"
_HAN = "zh"
# The first and last code point of a script, and the only language that it is guessed as, or else the script's name.
_SCRIPTS = (
    (0x0041, 0x024F, "latin"),
    (0x0370, 0x03FF, "el"),
    (0x1F00, 0x1FFF, "el"),
    (0x0400, 0x052F, _CYRILLIC),
    (0x0530, 0x058F, "hy"),
    (0x0590, 0x05FF, "he"),
    (0x0600, 0x06FF, "ar"),
    (0x0750, 0x077F, "ar"),
    (0xFB50, 0xFEFC, "ar"),
    (0x0900, 0x097F, "hi"),
    (0x0E00, 0x0E7F, "th"),
    (0x10A0, 0x10FF, "ka"),
    (0x1100, 0x11FF, "ko"),
    (0xAC00, 0xD7AF, "ko"),
    (0x3040, 0x30FF, "ja"),
    (0x3400, 0x4DBF, _HAN),
    (0x4E00, 0x9FFF, _HAN),
    (0x20000, 0x3134F, _HAN),
)

_TAG = re.compile(
    "[a-z]{2,3}(?:-[a-z0-9]{2,8})*"
    "(?:-[a-wyz0-9](?:-[a-z0-9]{2,8})+)*(?:-x(?:-[a-z0-9]{1,8})+)?"  # extensions and private use say something
)

_CODES = """
in:id iw:he ji:yi jw:jv mo:ro aar:aa abk:ab afr:af aka:ak alb:sq amh:am ara:ar arg:an arm:hy asm:as ava:av ave:ae
aym:ay aze:az bak:ba bam:bm baq:eu bel:be ben:bn bis:bi bod:bo bos:bs bre:br bul:bg bur:my cat:ca ces:cs cha:ch
che:ce chi:zh chu:cu chv:cv cor:kw cos:co cre:cr cym:cy cze:cs dan:da deu:de div:dv dut:nl dzo:dz ell:el eng:en
epo:eo est:et eus:eu ewe:ee fao:fo fas:fa fij:fj fin:fi fra:fr fre:fr fry:fy ful:ff geo:ka ger:de gla:gd gle:ga
glg:gl glv:gv gre:el grn:gn guj:gu hat:ht hau:ha heb:he her:hz hin:hi hmo:ho hrv:hr hun:hu hye:hy ibo:ig ice:is
ido:io iii:ii iku:iu ile:ie ina:ia ind:id ipk:ik isl:is ita:it jav:jv jpn:ja kal:kl kan:kn kas:ks kat:ka kau:kr
kaz:kk khm:km kik:ki kin:rw kir:ky kom:kv kon:kg kor:ko kua:kj kur:ku lao:lo lat:la lav:lv lim:li lin:ln lit:lt
ltz:lb lub:lu lug:lg mac:mk mah:mh mal:ml mao:mi mar:mr may:ms mkd:mk mlg:mg mlt:mt mon:mn mri:mi msa:ms mya:my
nau:na nav:nv nbl:nr nde:nd ndo:ng nep:ne nld:nl nno:nn nob:nb nor:no nya:ny oci:oc oji:oj ori:or orm:om oss:os
pan:pa per:fa pli:pi pol:pl por:pt pus:ps que:qu roh:rm ron:ro rum:ro run:rn rus:ru sag:sg san:sa sin:si slk:sk
slo:sk slv:sl sme:se smo:sm sna:sn snd:sd som:so sot:st spa:es sqi:sq srd:sc srp:sr ssw:ss sun:su swa:sw swe:sv
tah:ty tam:ta tat:tt tel:te tgk:tg tha:th tib:bo tir:ti ton:to tsn:tn tso:ts tuk:tk tur:tr twi:tw uig:ug ukr:uk
urd:ur uzb:uz ven:ve vie:vi vol:vo wel:cy wln:wa wol:wo xho:xh yid:yi yor:yo zha:za zho:zh zul:zu
"""
_REPLACED = dict(pair.split(":") for pair in _CODES.split())
"""The codes of BCP 47 for languages, by other codes that are used for them.

These are codes of three letters (ISO 639-2) where there is one of two (RFC 5646, section 2.2.1), and withdrawn codes.
"""


def guess_language(text: str) -> str:
    """Guess a text's language from its script, and in Cyrillic and Arabic from its letters.

    Only the first 2,000 characters are looked at.

    Returns:
        A BCP 47 tag; empty if the script has too many languages, as the Latin script has, or the text too few letters.
    """
    letters = Counter({it: count for it, count in Counter(text[:_SAMPLE].lower()).items() if it.isalpha()})
    total = letters.total()
    if total < _FEWEST_LETTERS:
        return ""
    scripts: Counter[str] = Counter()
    for character, count in letters.items():
        scripts[_script(ord(character))] += count
    if scripts["ja"] and scripts["ja"] + scripts[_HAN] >= _MAJORITY * total:
        return "ja"  # kana make a text Japanese, however many of its letters are Han
    script, count = scripts.most_common(1)[0]
    if count < _MAJORITY * total:
        return ""
    if script == _CYRILLIC:
        return _cyrillic_language(letters, count)
    if script == "ar" and _share(letters, "پچژگ", count):
        return "fa"
    return "" if script in ("latin", "") else script


@lru_cache(maxsize=4096)
def _script(code: int) -> str:
    return next((name for first, last, name in _SCRIPTS if first <= code <= last), "")


def _cyrillic_language(letters: Counter[str], total: int) -> str:
    """The language of a Cyrillic text, by letters that related languages lack; if such are mixed, by their number."""
    russian = sum(letters[letter] for letter in "ыэъё")
    if _share(letters, "әғқңөұүһҗ", total):
        return "kk" if _share(letters, "қғұ", total) and letters["і"] else ""
    if _share(letters, "ў", total):
        return "be"
    if _share(letters, "їєґі", total) and sum(letters[letter] for letter in "їєґі") > 5 * russian:
        return "uk"
    if _share(letters, "ђћ", total):
        return "sr"
    if _share(letters, "ѓќѕјљњџ", total):
        return ""  # Serbian or Macedonian
    if _share(letters, "ъ", total) and russian == letters["ъ"]:
        return "bg"
    return "ru"


def _share(letters: Counter[str], signs: str, total: int) -> bool:
    """Whether the signs are at least one letter in two hundred, more than a quoted name would bring."""
    return sum(letters[sign] for sign in signs) * 200 >= total


@lru_cache(maxsize=256)
def normal_tag(tag: str) -> str:
    """A language tag in the case that RFC 5646, section 2.1.1, recommends: `en_us` gives `en-US`.

    The encoding in a POSIX locale (`ru_RU.UTF-8`) is dropped, and `rus` becomes `ru`: a language has one code (section
    2.2.1). The result is empty for text that is no tag, and for `und` (undetermined).
    """
    plain = re.split("[.@]", tag.strip()[:64], maxsplit=1)[0].replace("_", "-").lower()
    if not plain.isascii() or not _TAG.fullmatch(plain) or plain == "und":
        return ""
    subtags = plain.split("-")
    subtags[0] = _REPLACED.get(subtags[0], subtags[0])
    for place, subtag in enumerate(subtags[1:], start=1):
        if len(subtag) == 1:
            break  # what follows belongs to an extension, all in lower case
        if subtag.isalpha() and len(subtag) in (2, 4):
            subtags[place] = subtag.upper() if len(subtag) == 2 else subtag.capitalize()
    return "-".join(subtags)
