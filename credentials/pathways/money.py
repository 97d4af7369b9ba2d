"""Prices made comparable: by the European Central Bank's reference rates.

The rates come with the package `currencyconverter`; the day they are of is told with every amount
that was converted.
"""

from datetime import date
from functools import cache
from pathlib import Path

import currency_converter
from currency_converter import CurrencyConverter

REFERENCE = "USD"
_RATES = Path(currency_converter.__file__).parent / "eurofxref.csv"


def converted(amount: float, currency: str, into: str) -> float | None:
    """An amount in another currency; None where the bank names no rate."""
    if currency == into or not amount:
        return amount
    if not is_known(currency) or not is_known(into):
        return None
    return float(_converter().convert(amount, currency, into))


def is_known(currency: str) -> bool:
    """Whether there is a rate for a currency (ISO 4217)."""
    return currency == REFERENCE or currency in _converter().currencies


def rates_of() -> date:
    """The day the rates are of."""
    last: date = _converter().bounds[REFERENCE].last_date
    return last


@cache
def _converter() -> CurrencyConverter:
    return CurrencyConverter(str(_RATES))
