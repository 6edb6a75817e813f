"""The words that a user adds to the lexicon, or takes out of it."""

from collections.abc import Iterator

from index.analysis.words import is_arabic, words_of
from index.decoding import UndecodableError, decode
from index.errors import SourceError
from index.lexicon.entries import Entry, parse_entry
from index.printable import shown_path

_TAKEN_OUT = "-"


def read_own_words(path: str) -> Iterator[tuple[Entry, float]]:
    """The entries of a user's file of words, each with 1, or with 0 where a leading `-` takes it out of the lexicon.

    Its lines are those of the lexicon; either language may come first. Raises `SourceError` for a line that is not one.
    """
    try:
        with open(path, "rb") as file:
            text = decode(file.read())
    except OSError as error:
        raise SourceError(
            f"the words in {shown_path(path)} cannot be read ({error.strerror}): mend or remove the file"
        ) from None
    except UndecodableError as error:
        raise SourceError(f"{shown_path(path)} holds no words that can be read ({error}): save it as UTF-8 text") from None
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip() and not line.startswith("#"):
            taken_out = line.startswith(_TAKEN_OUT)
            entry = parse_entry(line.removeprefix(_TAKEN_OUT).split("\t"))
            if not _is_whole(entry):
                raise SourceError(
                    f"{shown_path(path)} line {number} is no pair of words: "
                    "write an English word, a tab, and the same in Arabic, with a - in front to take the pair out"
                )
            yield from ((in_order, 0.0 if taken_out else 1.0) for in_order in _english_first(entry))


def _is_whole(entry: Entry) -> bool:
    """Whether the headword is of one language, and all renderings, at least one, are of the other."""
    renderings = [form for sense in entry.senses for rendering in sense for form in rendering]
    # Numbers are of either: كوفيد 19.
    texts = ([word for word in words_of(text) if not word.isdecimal()] for text in (entry.headword, *renderings))
    languages = [set(map(is_arabic, words)) for words in texts]
    return (
        len(languages) > 1 and all(len(its) == 1 for its in languages) and languages[0].isdisjoint(set().union(*languages[1:]))
    )


def _english_first(entry: Entry) -> Iterator[Entry]:
    if is_arabic(next(words_of(entry.headword))):
        for rendering in (rendering for sense in entry.senses for rendering in sense):
            yield from (Entry(form, (((entry.headword,),),)) for form in rendering)
    else:
        yield entry
