"""Corpora of any size whose words are as frequent as in real news: sentences of real articles, put together anew."""

import json
import random
import re
from collections.abc import Iterator
from pathlib import Path

_SEED = 20251122
_SENTENCE_END = re.compile(r"(?<=[.!?؟])\s+")
_LENGTHS = {"ar": (900, 1900, 3200), "en": (1000, 2050, 3400)}  # code points of a short, a usual and a long article of news
# In 20,000 articles of news about one word in 26 has not been there before in Arabic, one in 65 in English. Sentences that
# return would bring none: so many words are made new, each from the halves of two others.
_NEW_WORDS = {"ar": 1 / 26, "en": 1 / 65}


def write_corpus(texts: Path, articles: int, path: Path) -> None:
    """Writes `articles` articles, half of them Arabic and half English, to the `.jsonl` file `path`.

    `texts` is a folder with files `docs.jsonl` in it or below, of objects with `lang` and `text`. The same folder and the
    same number give the same bytes.
    """
    chance = random.Random(_SEED)  # noqa: S311 - nothing here is a secret
    sources = {language: [_SENTENCE_END.split(text) for text in texts_of(texts, language)] for language in _LENGTHS}
    with path.open("w", encoding="utf-8") as file:
        for number in range(articles):
            language = ("ar", "en")[number % 2]
            short, usual, long = _LENGTHS[language]
            sentences = _sentences(chance, sources[language], chance.triangular(short, long, usual), _NEW_WORDS[language])
            title = " ".join(sentences[0].split()[:9])
            text = "\n".join(" ".join(sentences[start : start + 3]) for start in range(0, len(sentences), 3))
            record = {"id": f"{language}-{number}", "lang": language, "title": title, "text": text}
            file.write(json.dumps(record, ensure_ascii=False) + "\n")


def texts_of(texts: Path, language: str) -> Iterator[str]:
    """Every text in a language of the files `docs.jsonl` in `texts` or below."""
    for path in sorted(texts.rglob("docs.jsonl")):
        for line in path.read_text(encoding="utf-8").split("\n"):
            record = json.loads(line) if line else {}
            if record.get("lang") == language:
                yield record["text"]


def _sentences(chance: random.Random, sources: list[list[str]], length: float, new: float) -> list[str]:
    """Sentences of about `length` code points in all, of a few texts, so that words return in an article as they do in one."""
    pool: list[str] = []
    while sum(map(len, pool)) < length:
        pool += chance.choice(sources)
    chance.shuffle(pool)
    while sum(map(len, pool)) > length and len(pool) > 1:
        pool.pop()
    return [" ".join(_new_words(chance, sentence.split(), new)) for sentence in pool]


def _new_words(chance: random.Random, words: list[str], new: float) -> list[str]:
    for place in range(len(words)):
        if chance.random() < new:
            first, second = chance.choice(words), chance.choice(words)
            words[place] = first[: len(first) // 2 + 1] + second[len(second) // 2 :]
    return words
