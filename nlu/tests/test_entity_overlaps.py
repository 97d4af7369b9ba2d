"""Each word belongs to one entity."""

from __future__ import annotations

from components.entity_overlaps import without_overlaps

ORDER = ["QuantityExtractor", "CatalogueEntityExtractor", "CRFEntityExtractor"]


def entity(kind: str, start: int, end: int, extractor: str) -> dict[str, object]:
    return {"entity": kind, "start": start, "end": end, "extractor": extractor}


def test_the_longer_span_wins_between_kinds() -> None:
    bank = entity("industry", 0, 4, "QuantityExtractor")
    teller = entity("occupation", 0, 11, "CatalogueEntityExtractor")
    assert without_overlaps([bank, teller], ORDER) == [teller]


def test_of_equal_spans_the_trusted_extractor_wins() -> None:
    language = entity("language", 3, 10, "QuantityExtractor")
    skill = entity("skill", 3, 10, "CatalogueEntityExtractor")
    assert without_overlaps([skill, language], ORDER) == [language]


def test_apart_both_stay_in_order() -> None:
    one, two = (
        entity("date", 0, 3, "QuantityExtractor"),
        entity("skill", 5, 9, "CRFEntityExtractor"),
    )
    assert without_overlaps([two, one], ORDER) == [one, two]


def test_a_longer_name_of_a_credential_wins_over_the_catalogues_word_in_it() -> None:
    known = entity("credential", 9, 15, "CatalogueEntityExtractor")
    said = entity("credential", 4, 15, "CRFEntityExtractor")
    assert without_overlaps([known, said], ORDER) == [said]


def test_the_same_words_are_rather_a_credential_than_an_occupation() -> None:
    known = entity("occupation", 4, 15, "CatalogueEntityExtractor")
    said = entity("credential", 4, 15, "CRFEntityExtractor")
    assert without_overlaps([known, said], ORDER) == [said]


def test_an_occupation_keeps_what_the_catalogue_says_of_it() -> None:
    known = entity("occupation", 7, 19, "CatalogueEntityExtractor")
    said = entity("occupation", 0, 19, "CRFEntityExtractor")
    assert without_overlaps([known, said], ORDER) == [known]
