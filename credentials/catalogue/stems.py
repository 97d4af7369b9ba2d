"""Words of a name cut to their stems, so that "washing dishes" and "washed the dishes" are one name.

Rules for the regular endings of English, a list for the irregular verbs, one spelling for British
and American.
"""

import re
from functools import lru_cache

Stems = tuple[str, ...]
TOKEN = re.compile(r"[a-z0-9][a-z0-9+#.&'-]*|[&+]", re.IGNORECASE)
_FILLING = """
a an the my our your his her their its of for with and to in on at from by some any this that
these those & +
"""
FILLING = frozenset(_FILLING.split())
#: Past, participle and other forms → infinitive.
_IRREGULAR = {
    form: infinitive
    for infinitive, forms in (
        line.split(": ")
        for line in """
be: been
bind: bound
break: broke broken
bring: brought
build: built
buy: bought
calm: calming
catch: caught
choose: chose chosen
do: did done
draw: drew drawn
dye: dyed dyes
drive: drove driven
fast: faster
feed: fed
fell: felled
find: found
fly: flew flown
get: got gotten
give: gave given
grind: ground
grow: grew grown
hold: held
keep: kept
lay: laid
lead: led
learn: learnt
lend: lent
make: made
meet: met
mend: mends
pay: paid
program: programme programmes
ride: rode ridden
ring: rang
run: ran
saw: sawn
sell: sold
send: sent
set: sets
sew: sewn
shear: shorn
shoot: shot
sing: sang sung
sit: sat
speak: spoke spoken
spin: spun
stand: stood
swim: swam
take: took taken
teach: taught
think: thought
throw: threw
understand: understood
weave: wove woven
wind: wound
win: won
write: wrote written
child: children kid kids
elderly: elders
""".strip().split("\n")
    )
    for form in forms.split()
}
_ENDINGS = (("ings", 4), ("ing", 4), ("ies", 4), ("ied", 4), ("ed", 4), ("es", 5), ("s", 4))
_BRITISH = re.compile(r"(?<=..)(?:is(?=e|ing|ation|ed|er)|ys(?=e|ing|ed))")
_OUR = re.compile(r"(?<=[a-z]{2})our(?=$|s|ed|ing|ist|ful)")
_OUR_ANYWHERE = re.compile(r"(?:four|hour|your|tour|pour|sour|flour|contour)(?:s|ed|ing)?")
#: What is left of a short verb without its ending: "tak", which is "take"; "fix" is whole.
_SHORTENED = re.compile(r"[^aeiou][aeiouy][^aeiouwxy]")
_VOWEL = re.compile(r"[aeiouy]")


def stems_of(name: str) -> Stems:
    """A name's telling words, shortened."""
    return tuple(stem(token) for token in TOKEN.findall(name.lower()) if token not in FILLING)


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """A word without its ending; enough for the names of skills."""
    word = word.lower().strip(".'-").removesuffix("'s")
    word = _american(_IRREGULAR.get(word, word))
    for ending, least in _ENDINGS:
        if _ends(word, ending, least):
            word = word.removesuffix(ending) + ("y" if ending in {"ies", "ied"} else "")
            if ending in {"ing", "ings", "ed"} and _SHORTENED.fullmatch(word):
                word += "e"
            break
    if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "lsz":
        word = word[:-1]
    word = word.removesuffix("e") if len(word) > 4 else word
    return _IRREGULAR.get(word, word)


def _ends(word: str, ending: str, least: int) -> bool:
    """Whether a word has an ending that leaves enough of it."""
    rest = len(word) - len(ending)
    return (
        word.endswith(ending)
        and rest >= least - 1
        and not word.endswith("ss")
        and bool(_VOWEL.search(word[:rest]))
    )


def _american(word: str) -> str:
    if _OUR_ANYWHERE.fullmatch(word):
        return word
    return _OUR.sub("or", _BRITISH.sub(lambda found: found[0][0] + "z", word))
