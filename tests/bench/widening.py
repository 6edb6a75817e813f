"""What it costs to look for everything that a question may mean, beside looking for its words alone."""

from functools import partial
from pathlib import Path

from measure import alternating, cpu_here, p50
from report import Figure

from index.generation import open_generation
from index.store import Store
from search.engine import answer

_ROUNDS = 9
# Three words each, as a person types them: names, phrases of the lexicon, single words.
_QUESTIONS = (
    "Trump Putin call",
    "air defense Ukraine",
    "prime minister resigns",
    "oil prices rise",
    "الدفاع الجوي الأوكراني",
    "رئيس الوزراء الإسرائيلي",
    "شحنات الأسلحة الأمريكية",
    "ارتفاع أسعار النفط",
)


def measure(name: str, folder: Path) -> Figure:
    """How many times as long a question takes as with `--exact`, on average, asked of an open index."""
    store = Store(open_generation(str(folder)))
    times = {"exact": 0.0, "widened": 0.0}
    print(f"\nwidening, {name}: ms with --exact, with everything")
    for question in _QUESTIONS:
        works = {asked: partial(cpu_here, partial(answer, store, question, exact=asked == "exact")) for asked in times}
        taken = {asked: p50(readings) for asked, readings in alternating(works, _ROUNDS).items()}
        print(f"  {1000 * taken['exact']:8.2f}{1000 * taken['widened']:8.2f}  {question}", flush=True)
        for asked, seconds in taken.items():
            times[asked] += seconds
    return Figure(f"a question of three words / the same with `--exact`, {name}", times["widened"] / times["exact"], 8)
