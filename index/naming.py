"""The words of a corpus that may be names, filed by how they sound, for questions in the other script."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from index.analysis.names import filed_under, letters_of, starts_of
from index.array_writing import Data, keyed_sections
from index.relating import stop_words
from index.segment import SETTLED, STARTS, TERM, stop_key


def name_sections(words: Mapping[str, int], terms: Sequence[str]) -> list[tuple[str, Data]]:
    """The sections of names: `words` in the order of their numbers, with what the file has of their terms, and all `terms`.

    Of the words in which a name is the same and has the same term, one stands for all.
    """
    lists: defaultdict[str, list[int]] = defaultdict(list)
    passed_over, seen = set(stop_words()), set()
    for number, (word, packed) in enumerate(words.items()):
        term = packed & TERM
        letters = "" if stop_key(word) in passed_over or terms[term] in passed_over else letters_of(word)
        for start in starts_of(letters, terms[term], settled=packed >= SETTLED) if letters else ():
            name = letters[start:]
            if start < STARTS and (name, term) not in seen:
                seen.add((name, term))
                for key in filed_under(name):
                    lists[key].append(number * STARTS + start)
    return keyed_sections(lists, len(words) * STARTS)
