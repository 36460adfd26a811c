"""The public data sets that the assistant is measured on: where each lies, and how it is measured."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from evals.datasets.clapnq import clapnq
from evals.datasets.mtrag import mtrag_un
from evals.datasets.obliqa import obliqa, obliqa_mp
from evals.datasets.or_sharc import or_sharc
from evals.datasets.squad_format import cmrc2018, drcd, squad2
from evals.public.claims import measure_claims
from evals.public.laws import measure_laws
from evals.public.reading import measure_reading
from evals.public.result import PublicResult
from evals.public.retrieval import measure_conversations, measure_retrieval, sampled
from evals.tasks.models import Models

ROOT = Path(__file__).resolve().parents[2]
Measure = Callable[[Path, Models, int | None], list[PublicResult]]  # folder of all sets, models, sample


@dataclass(frozen=True, slots=True)
class PublicSet:
    """One data set: the folders it needs and what measures it."""

    name: str
    folders: tuple[str, ...]
    measure: Measure

    def absent(self, data: Path) -> list[str]:
        """Those of its folders that are not there."""
        return [folder for folder in self.folders if not (data / folder).is_dir()]


def public_data_folder(environment: Mapping[str, str]) -> Path:
    """POLICY_ASSISTANT_PUBLIC_DATA, else shared/data beside the checkout."""
    return Path(environment.get("POLICY_ASSISTANT_PUBLIC_DATA") or ROOT.parent / "shared" / "data")


def measure_sets(
    sets: Sequence[PublicSet], data: Path, models: Models, sample: int | None
) -> Iterator[PublicResult]:
    """The results of each set in turn; what takes long is between two results."""
    for one in sets:
        start = time.perf_counter()
        for result in one.measure(data, models, sample):
            yield replace(result, seconds=time.perf_counter() - start)


def _or_sharc(data: Path, models: Models, sample: int | None) -> list[PublicResult]:
    sets = [or_sharc(data / "or_sharc", with_scenario=with_scenario) for with_scenario in (False, True)]
    return measure_retrieval([sampled(one, sample) for one in sets], models)


def _obliqa(data: Path, models: Models, sample: int | None) -> list[PublicResult]:
    return measure_retrieval([sampled(obliqa(data / "obliqa"), sample)], models)


def _obliqa_mp(data: Path, models: Models, sample: int | None) -> list[PublicResult]:
    return measure_retrieval([sampled(obliqa_mp(data / "obliqa_mp", data / "obliqa"), sample)], models)


def _mtrag(data: Path, models: Models, sample: int | None) -> list[PublicResult]:
    return measure_conversations(mtrag_un(data / "mtrag_un"), models, sample)


def _drcd(data: Path, models: Models, sample: int | None) -> list[PublicResult]:
    return measure_retrieval([sampled(drcd(data / "drcd"), sample)], models)


def _cmrc(data: Path, models: Models, sample: int | None) -> list[PublicResult]:
    return measure_retrieval([sampled(cmrc2018(data / "cmrc2018"), sample)], models)


def _clapnq(data: Path, models: Models, sample: int | None) -> list[PublicResult]:
    return [measure_reading("clapnq dev", clapnq(data / "clapnq"), models, sample)]


def _squad2(data: Path, models: Models, sample: int | None) -> list[PublicResult]:
    return [measure_reading("squad2 dev", squad2(data / "squad2"), models, sample)]


def _zh_trade_laws(data: Path, models: Models, sample: int | None) -> list[PublicResult]:
    return measure_laws(data / "zh_trade_laws", models, sample)


# Quick ones first.
PUBLIC_SETS = (
    PublicSet("or_sharc", ("or_sharc",), _or_sharc),
    PublicSet("cmrc2018", ("cmrc2018",), _cmrc),
    PublicSet("drcd", ("drcd",), _drcd),
    PublicSet("mtrag_un", ("mtrag_un",), _mtrag),
    PublicSet("zh_trade_laws", ("zh_trade_laws",), _zh_trade_laws),
    PublicSet("claims", ("wice", "begin", "qags", "ocnli", "zh_trade_laws"), measure_claims),
    PublicSet("clapnq", ("clapnq",), _clapnq),
    PublicSet("squad2", ("squad2",), _squad2),
    PublicSet("obliqa", ("obliqa",), _obliqa),
    PublicSet("obliqa_mp", ("obliqa_mp", "obliqa"), _obliqa_mp),
)
