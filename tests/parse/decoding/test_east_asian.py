"""A feed in Japanese that does not say how it is encoded is a feed all the same."""

import pytest

from syndicator.parse.decoding.decode import decode_xml
from syndicator.parse.decoding.east_asian import likeliest

JAPANESE = "港の橋が月曜日から歩行者に開放されました。市長は「待ち望んだ日です」と話しています。"
CHINESE = "从星期一开始，港口的大桥向行人开放。市长表示：“这是我们等待已久的一天。”"
TAIWANESE = "從星期一開始，港口的大橋向行人開放。市長表示：「這是我們等待已久的一天。」"
KOREAN = "월요일부터 항구의 다리가 보행자에게 개방되었습니다. 시장은 오래 기다린 날이라고 말했습니다."


@pytest.mark.parametrize("label", ["", "utf-8", "iso-8859-1", "windows-1251"])
@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (JAPANESE, "cp932"),
        (JAPANESE, "euc_jp"),
        (CHINESE, "gb18030"),
        (TAIWANESE, "big5"),
        (KOREAN, "cp949"),
    ],
)
def test_text_is_read_right_whatever_the_label_says(text: str, encoding: str, label: str) -> None:
    feed = f"<rss><channel><title>{text}</title></channel></rss>"
    assert decode_xml(feed.encode(encoding), f"text/xml; charset={label}" if label else "") == feed


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Из-за ремонта моста автобусы поедут по новому маршруту с понедельника", "koi8_r"),
        ("Η γέφυρα του λιμανιού άνοιξε τη Δευτέρα για τους πεζούς", "cp1253"),
        ("הגשר בנמל נפתח ביום שני להולכי רגל, אמר ראש העיר", "cp1255"),
        ("افتتح جسر الميناء يوم الاثنين للمشاة، قال رئيس البلدية", "cp1256"),
        ("สะพานท่าเรือเปิดให้คนเดินเท้าในวันจันทร์ นายกเทศมนตรีกล่าว", "cp874"),
        ("Zum Brückenfest über die Mündung fährt künftig die Fähre für Fußgänger schöner", "mac_roman"),
        ("橋が開いた", "cp932"),
    ],
)
def test_no_other_text_is_taken_for_it_nor_one_that_is_too_short(text: str, encoding: str) -> None:
    assert likeliest(text.encode(encoding).lstrip(bytes(range(128)))) == ""


def test_a_pair_that_is_cut_at_the_end_is_no_damage() -> None:
    assert likeliest(JAPANESE.encode("euc_jp")[:-1]) == "euc_jp"


def test_no_more_is_looked_at_than_tells() -> None:
    assert likeliest(JAPANESE.encode("euc_jp") * 200 + b"\xff" * 1_000_000) == "euc_jp"
