"""The module random draws the host's numbers from the same seeds, and refuses what the host refuses."""

from __future__ import annotations

from pathlib import Path

from modules.agreement import differences

HELPERS = """
import random
def draws(draw, seed=1, count=20):
    random.seed(seed)
    return [draw() for _ in range(count)]
def shuffled(x, seed=3):
    random.seed(seed)
    random.shuffle(x)
    return x
class Floats(random.Random):
    def random(self): return 0.25 + super().random() / 2
class Bits(random.Random):
    def getrandbits(self, k): return super().getrandbits(k) >> 1
class Two(random.Random):
    def __init__(self, a, b): super().__init__(a + b)
class Row:
    def __init__(self): self.items = list(range(6))
    def __len__(self): return 6
    def __getitem__(self, i): return self.items[i]
    def __setitem__(self, i, value): self.items[i] = value
def replay():
    r = random.Random(3)
    r.gauss()
    state = r.getstate()
    first = (r.gauss(), r.random(), r.gauss())
    r.setstate(state)
    return state, first == (r.gauss(), r.random(), r.gauss())
"""
SEEDS = (
    "1", "0", "-5", "2 ** 100", "-10 ** 30", "3.5", "-0.0", "'hello'", "''", "b'abc'", "True", "'h\\xe9llo'",
    "(1 << 32) - 1", "1 << 32", "1 << 20000",
)  # fmt: skip
DRAWS = (
    "random()", "uniform(1, 10)", "uniform(1.5, -2)", "triangular()", "triangular(1, 5)", "triangular(1, 5, 2)",
    "triangular(3, 3, 3)", "triangular(3, 3)", "normalvariate()", "normalvariate(1, 2)", "gauss()", "gauss(5, 2)",
    "gauss(mu=1, sigma=3)", "lognormvariate(0, 1)", "expovariate(2)", "expovariate(-0.5)", "vonmisesvariate(0, 4)",
    "vonmisesvariate(1, 0)", "gammavariate(2, 3)", "gammavariate(1, 3)", "gammavariate(0.5, 3)",
    "gammavariate(20, 1.5)", "betavariate(3, 3)", "betavariate(0.5, 0.5)", "paretovariate(3)", "weibullvariate(1, 2)",
    "randint(1, 6)", "randint(-10 ** 12, 10 ** 12)", "randint(0, 2 ** 31)", "randint(0, 2 ** 32 - 1)",
    "randint(0, 2 ** 32)", "randint(0, 2 ** 64)", "randrange(10)", "randrange(1)", "randrange(5, 50, 7)",
    "randrange(50, 5, -7)", "randrange(10 ** 20)", "randrange(0, 10 ** 30, 3)", "choice('abcdef')", "choice([1, 2, 3])",
    "choice(range(10, 1000, 7))", "sample(range(100), 10)", "sample([1, 2, 3, 4, 5], 3)", "sample('abcdefgh', 8)",
    "sample(range(10 ** 6), 30)", "sample(range(1000), 100)", "sample(['a', 'b'], k=3, counts=[2, 4])",
    "choices([1, 2, 3], k=4)", "choices('abc', [1, 2, 3], k=5)", "choices('abc', cum_weights=[1, 2, 10], k=5)",
    "choices('abc', weights=(0.5, 0.2, 0.3), k=5)", "getrandbits(1)", "getrandbits(32)", "getrandbits(33)",
    "getrandbits(64)", "getrandbits(1000)", "getrandbits(0)", "randbytes(7)", "randbytes(0)",
)  # fmt: skip
FAULTS = [
    "choice([])", "choice('')", "choice({})", "choice(5)", "randrange(0)", "randrange(-5)", "randrange(5, 5)",
    "randrange(5, 1)", "randrange(1, 5, -1)", "randrange(1, 5, 0)", "randrange(1.5)", "randrange('a')",
    "randrange(None)", "randrange([])", "randrange(1, '5')", "randrange(1, 2.5)", "randrange(1, 5, 1.5)",
    "randrange(10, step=2)", "randrange(10, None, 2)", "randint(5, 1)", "randint(1.5, 2)", "randint('a', 2)",
    "randint(1, 'a')", "randint(1, None)", "randint()", "randint(1)", "randint(1, 2, 3)", "randint(1, 2, x=3)",
    "randint(1, a=3)", "sample([1, 2], 3)", "sample([1, 2], -1)", "sample({1, 2}, 1)", "sample({1: 2}, 1)",
    "sample(5, 1)", "sample([1, 2], 'a')", "sample([1, 2], 1.0)", "sample([1, 2], counts=[1], k=1)",
    "sample([1, 2], counts=[0, 0], k=1)", "sample([1, 2], counts=[1.5, 2], k=1)", "sample([1])", "choices([], k=1)",
    "choices([1, 2], [1])", "choices([1, 2], [0, 0])", "choices([1, 2], [1, float('inf')])",
    "choices([1, 2], [1, 1], cum_weights=[1, 2])", "choices([1, 2], 3)", "choices([1, 2], k=0)", "choices()",
    "choices([1, 2], k='a')", "choices([1, 2], k=1.5)", "choices(5)", "getrandbits(-1)", "getrandbits('a')",
    "getrandbits(1.5)", "getrandbits()", "randbytes(-1)", "gammavariate(0, 1)", "gammavariate(1, -1)", "expovariate(0)",
    "paretovariate(0)", "weibullvariate(1, 0)", "uniform(1)", "lognormvariate(1000, 1)", "shuffle()", "shuffle(5)",
    "seed([1])", "seed((1,))", "seed(1j)", "seed(1, 2, 3)", "random(1)", "Random(1, 2)", "Random([1])",
    "Random(3).setstate((3, 2, 3))", "Random(3).setstate((3, (1, 2), None))",
]  # fmt: skip
CLASSES = [
    "random.Random(5).random()", "random.Random('x').random()", "random.Random(x=5).random()", "random.Random",
    "[Floats(5).random(), Floats(5).randint(1, 100), Floats(5).choice('abc'), Floats(5).gauss()]",
    "Floats(5).sample(range(50), 4)", "Floats(5).randrange(1 << 60)", "[Bits(5).random(), Bits(5).randint(1, 100)]",
    "[Bits(5).choice('abcdefgh'), Bits(5).getrandbits(8)]", "Two(2, 3).random()", "random.Random(5).getstate()",
    "replay()", "random.Random.__module__", "isinstance(Two(1, 2), random.Random)", "random.Random(3).seed()",
    "shuffled(list(range(10)))", "shuffled([])", "shuffled([1])", "shuffled(Row()).items", "shuffled((1, 2, 3))",
    "shuffled(list(range(200)), 9)", "shuffled('abc')",
]  # fmt: skip


def test_seeds(tmp_path: Path) -> None:
    calls = [f"draws(random.random, {seed})" for seed in SEEDS]
    calls += [f"(random.seed({text}, 1), random.random())" for text in ("'abc'", "''", "b'abc'", "5")]
    assert differences(HELPERS, calls, tmp_path) == []


def test_methods(tmp_path: Path) -> None:
    assert differences(HELPERS, [f"draws(lambda: random.{call})" for call in DRAWS], tmp_path) == []


def test_a_long_sequence(tmp_path: Path) -> None:
    calls = ["sum(draws(random.random, 8, 2000))", "draws(random.random, 8, 2000)[-3:]"]
    assert differences(HELPERS, calls, tmp_path) == []


def test_faults(tmp_path: Path) -> None:
    quiet = "import warnings\nwarnings.simplefilter('ignore')"
    assert differences(HELPERS + quiet, [f"random.{call}" for call in FAULTS], tmp_path) == []


def test_classes_and_states(tmp_path: Path) -> None:
    assert differences(HELPERS, CLASSES, tmp_path) == []
