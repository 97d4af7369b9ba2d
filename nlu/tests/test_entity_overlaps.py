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
