"""Short codes people read out and type: 55 random bits and a check character.

Crockford's base32 (https://www.crockford.com/base32.html) has no I, L, O and U. The check character
is a sum in GF(32), so that one wrong character or two swapped ones are always noticed.
"""

import secrets

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
RANDOM_CHARACTERS = 11
GROUP = 4
_CONFUSED = str.maketrans("OIL", "011")


def new_code() -> str:
    """A code such as `7K4M-9QXW-2D7P`; related to nothing else.

    There is always a digit, so that no code reads like something people say.
    """
    while True:
        body = "".join(secrets.choice(ALPHABET) for _ in range(RANDOM_CHARACTERS))
        if not body.isalpha():
            return _grouped(body + check_character(body))


def read_code(text: str) -> str | None:
    """The code as it is written, from any way people type it; None when its check fails."""
    plain = "".join(mark for mark in text.upper() if mark.isalnum()).translate(_CONFUSED)
    is_code = len(plain) == RANDOM_CHARACTERS + 1 and set(plain) <= set(ALPHABET)
    if not is_code or check_character(plain[:-1]) != plain[-1]:
        return None
    return _grouped(plain)


def check_character(body: str) -> str:
    """The character that makes the code whole: a polynomial over GF(32) at x.

    Powers of x differ up to the 31st, so every wrong character and every swap changes the sum.
    """
    total = 0
    for character in body:
        total = _times_two(total ^ ALPHABET.index(character))
    return ALPHABET[total]


def _times_two(value: int) -> int:
    """Multiplication by x in GF(2^5) with x^5 + x^2 + 1, in which x has order 31."""
    doubled = value << 1
    return doubled ^ 0b100101 if doubled & 0b100000 else doubled


def _grouped(plain: str) -> str:
    return "-".join(plain[place : place + GROUP] for place in range(0, len(plain), GROUP))
