import pytest

from syndicator.dedup.posts import LITTLE, MOST, says_little
from syndicator.model.article import Article

LEAD = (
    "Депутаты городского собрания решили сохранить здание трамвайного депо 1909 года и открыть в нём музей транспорта. "
    "За это проголосовали 27 человек из 35. Ремонт начнётся весной и займёт два года."
)
ARTICLE = Article(source_id="a", key="1", title="Трамвайное депо станет музеем", text=f"{LEAD}\nПодробности позже.")
OPINION = (
    "Мы писали об этом депо двенадцать лет, и каждый раз нам отвечали одно и то же: денег нет, здание аварийное, "
    "инвестор найден. Теперь те же люди рассказывают, что всегда были за музей. Поздравляем их с прозрением и "
    "предлагаем вспомнить, кто подписал разрешение на снос соседнего корпуса, куда делись вагоны и почему архив "
    "парка оказался на свалке. Ответов в сегодняшнем решении нет, а без них новый музей будет ещё одной вывеской. "
)


def post(text: str, title: str = "") -> Article:
    return Article(source_id="b", key="2", title=title, text=text)


def test_headline_and_lead_are_little() -> None:
    assert says_little(post("Трамвайное депо станет музеем"), ARTICLE)
    assert says_little(post(f"{LEAD}\nПодробнее", "Трамвайное депо станет музеем"), ARTICLE)


def test_a_headline_in_other_words_is_little() -> None:
    assert says_little(post("Ура! Старому парку быть: читайте, чем кончилось голосование #город #депо"), ARTICLE)


def test_a_text_of_its_own_is_not() -> None:
    assert not says_little(post(OPINION), ARTICLE)
    assert not says_little(post(f"{OPINION}\n{LEAD}\n{OPINION}"), ARTICLE)


def test_the_lead_with_a_few_words_around_it_is_little() -> None:
    assert says_little(post(f"{LEAD} {LEAD} {' '.join(OPINION.split()[: LITTLE + 10])}"), ARTICLE)


@pytest.mark.parametrize(("leads", "own"), [(6, MOST + 10), (1, LITTLE + 10)])
def test_more_words_than_a_remark_or_than_those_of_the_lead_are_a_text_of_its_own(leads: int, own: int) -> None:
    assert not says_little(post(f"{LEAD} " * leads + " ".join((OPINION + OPINION).split()[:own])), ARTICLE)


def test_a_title_counts_once_and_only_where_it_is_the_beginning_of_the_text() -> None:
    remark, more = " ".join(OPINION.split()[:30]), " ".join(OPINION.split()[30:50])
    assert says_little(post(f"{remark} и всё.", f"{remark}…"), ARTICLE)
    assert not says_little(post(remark, more), ARTICLE)


def test_of_an_article_that_is_known_by_its_headline_alone_a_short_post_is_little() -> None:
    bare = Article(source_id="a", key="1", title="Трамвайное депо станет музеем")
    assert says_little(post(LEAD, "Трамвайное депо станет музеем"), bare)
    assert not says_little(post(OPINION, "Трамвайное депо станет музеем"), bare)
