"""How large the lexicon is, and how many of the most frequent words have an entry: `python tests/lexicon_figures.py`."""

from test_index_lexicon import LETTERS, MOST_FREQUENT, Known, content_words, share_covered, uncovered
from wordfreq import top_n_list

from index.lexicon.entries import read_lexicon


def main() -> None:
    entries = list(read_lexicon())
    phrases = sum(" " in entry.headword for entry in entries)
    print(f"{len(entries) - phrases:,} headwords of one word, {phrases:,} phrases")
    known = Known(entries)
    for language in LETTERS:
        words = content_words(top_n_list(language, MOST_FREQUENT), language)
        missing = uncovered(words, known)
        print(
            f"{language}: {share_covered(words, missing):.1%} of {len(words):,} content words among the {MOST_FREQUENT:,} most "
            f"frequent words have an entry; not {' '.join(missing)}"
        )


if __name__ == "__main__":
    main()
