"""The search is answered by the indexes that the rooms keep for it, not by reading every text."""

import pytest
from django.db import connection

from tests.factories.people import PersonFactory
from tests.factories.programmes import ProgrammeFactory, holder
from tests.factories.publishing import NewsFactory
from vivaio.desk.search import groups, words
from vivaio.publishing.models import News

pytestmark = pytest.mark.django_db
# Of each kind, the indexes without which a search would read every row.
NEEDED = {
    "programmes": {"programme_words", "programme_words_en", "programme_alike"},
    "calls": {"call_words", "call_words_en", "call_alike"},
    "news": {"news_words", "news_words_en", "news_alike"},
    "questions": {"question_words", "question_words_en", "question_alike"},
    "documents": {"document_words", "document_words_en", "document_alike"},
    "directory": {"entry_words", "entry_alike"},
    "applications": {"application_words", "application_alike", "organisation_words"},
    "organisations": {"organisation_words", "organisation_alike"},
}


def plan(rows):
    with words.alike_enough():
        return rows[:6].explain()


@pytest.mark.parametrize("kind", [*groups.ANYONE, *groups.SIGNED_IN], ids=lambda kind: kind[0])
def test_each_kind_can_be_found_by_its_indexes(kind):
    key, _title, find, _told = kind
    with connection.cursor() as cursor:  # so few rows are read at once otherwise, and rightly
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_indexscan = off")
        cursor.execute("SET LOCAL enable_nestloop = off")  # nor one by one, from what few rows lead to
        told = plan(find(PersonFactory(is_administrator=True), "cortile"))
    missing = {name for name in NEEDED[key] if f"Bitmap Index Scan on {name} " not in told}
    assert not missing, told


def test_among_many_texts_the_database_chooses_the_indexes_by_itself():
    programme = ProgrammeFactory()
    text = " ".join(f"parola{number}" for number in range(150))
    News.objects.bulk_create(
        NewsFactory.build(
            programme=programme, slug=f"n-{number}", title=f"Titolo {number}", body=f"{text} {number}"
        )
        for number in range(3_000)
    )
    NewsFactory(programme=programme, title="Festa", body="Una lanterna in ogni cortile.")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE publishing_news")
    for person in (PersonFactory(), holder(programme, "manager")):
        rows = groups.in_news(person, "lanterna")
        told = plan(rows)
        for name in NEEDED["news"]:
            assert f"Bitmap Index Scan on {name} " in told
        with words.alike_enough():
            assert [row.title for row in rows] == ["Festa"]
