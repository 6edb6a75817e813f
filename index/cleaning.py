"""Which lines of a text file are not the article, and which one is its title.

Only whole lines go, each by a named rule that must match the line from end to end: what a page leaves around an article
(advertising shortcodes, invitations, gallery and source links) and a title that stands twice.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.document import Removal

_CREDIT = r"©|\bcopyright\b|all rights reserved|حقوق الطبع والنشر|جميع الحقوق محفوظة"
_ANYWHERE = {
    "shortcode": re.compile(r"\[/?ad_\d+\]"),
    "sign-up": re.compile(
        r"(?:sign up|subscribe) (?:for|to) (?:our|the) [^.,;]{0,150}\b(?:newsletters?|e-?mails?|inbox)\b[^.,;]{0,60}[.!]?"
        r"|(?:قم بالتسجيل|سجل|سجلوا|اشترك|اشتركوا|للاشتراك) في [^.]{0,200}"
        r"(?:\b(?:newsletters?|e-?mails?|inbox)|نشرتنا|النشرة البريدية|بريدك)[^.]{0,100}[.!]?",
        re.IGNORECASE,
    ),
    "gallery": re.compile(r"open (?:the )?image in gallery|فتح الصورة في المعرض", re.IGNORECASE),
    "caption": re.compile(
        rf"[^.(\[]{{0,300}}[(\[](?=getty images|[^()\[\]]{{0,200}}(?:{_CREDIT}))[^()\[\]]{{0,300}}[)\]]", re.IGNORECASE
    ),
}
_AT_THE_END = {"source link": re.compile(r"source link|المصدر", re.IGNORECASE)}
_LONGEST_TITLE = 300


@dataclass(frozen=True, slots=True)
class Cleaned:
    """The article in a text: its title, if one is given, its body, and the lines that are neither."""

    title: str | None
    body: str
    removed: tuple[Removal, ...]


def clean(text: str) -> Cleaned:
    """Separates the article from the lines around it.

    `body` is the lines that are left, unchanged and with their ends. A first line that is repeated as the next one is the
    title, and both leave the body.
    """
    lines = text.split("\n")
    rules = _boilerplate(lines)
    left = [number for number, line in enumerate(lines) if line.strip() and number not in rules]
    title = None
    if len(left) > 1 and _is_repeated_title(lines[left[0]].strip(), lines[left[1]].strip()):
        title = lines[left[0]].strip()
        rules[left[0]] = "title"
        rules[left[1]] = "repeated title"
    return Cleaned(
        title=title,
        body="\n".join(line for number, line in enumerate(lines) if number not in rules),
        removed=tuple(Removal(number + 1, rules[number], lines[number].rstrip("\r")) for number in sorted(rules)),
    )


def _boilerplate(lines: Sequence[str]) -> dict[int, str]:
    """Line number -> name of the rule that takes it out."""
    rules = {
        number: rule
        for number, line in enumerate(lines)
        for rule, pattern in _ANYWHERE.items()
        if pattern.fullmatch(line.strip())
    }
    last = next((number for number in reversed(range(len(lines))) if lines[number].strip() and number not in rules), None)
    if last is not None:
        rules.update((last, rule) for rule, pattern in _AT_THE_END.items() if pattern.fullmatch(lines[last].strip()))
    return rules


def _is_repeated_title(first: str, second: str) -> bool:
    # A doubled first sentence is a writer's slip, not a title: titles bear no full stop.
    return first == second and len(first) <= _LONGEST_TITLE and not first.endswith(".")
