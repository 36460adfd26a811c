from dataclasses import asdict

from assistant.calibration import CheckerAgreement
from evals.report.checker_line import checker_line


def test_each_set_has_its_share_in_folds_and_unseen() -> None:
    line = checker_line(
        [
            asdict(one)
            for one in (
                CheckerAgreement("wice", 349, 0.728, 0.638),
                CheckerAgreement("qags", 714, None, 0.505),
                CheckerAgreement("few", 1, None, None),
            )
        ]
    )

    assert "\n" not in line
    assert "(balanced accuracy): wice 73 %, unseen 64 %; qags unseen 50 %; few not measured. Unseen:" in line
