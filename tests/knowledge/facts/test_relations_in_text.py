import pytest

from knowledge.facts.relations_in_text import amended_by, repealed_by, superseded_by


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "本法自2024年12月1日起施行。《中华人民共和国进出口关税条例》同时废止。",
            ("中华人民共和国进出口关税条例",),
        ),
        (
            "1985年5月24日国务院发布的《甲条例》和1987年12月30日国务院批准的《甲条例细则》同时废止。",
            ("甲条例", "甲条例细则"),
        ),
        ("《甲办法》、《乙办法》等文件自本办法施行之日起废止。", ("甲办法", "乙办法")),
        ("《甲办法》（国发〔2010〕9号）同时废止。", ("甲办法（国发〔2010〕9号）",)),
        ("国务院决定废止《甲条例》和《乙条例》。", ("甲条例", "乙条例")),
        ("根据《立法法》，《甲办法》同时废止。", ("甲办法",)),
        ("凡与《甲法》抵触的规定，《乙办法》同时废止。", ("乙办法",)),
        ("《商标管理条例》同时废止；其他规定，凡与本法抵触的，同时失效。", ("商标管理条例",)),
        # A part of a document, a power to repeal, and another document's name.
        ("《甲法》第三条同时废止。", ()),
        ("国家及时修改、废止有关法律。", ()),
        ("2011年1月8日《国务院关于废止和修改部分行政法规的决定》修订", ()),
        ("违反《甲法》规定的许可应当废止。", ()),
        ("The Trade Act 1990 is hereby repealed.", ("Trade Act 1990",)),
        ("This Order revokes the Import Licensing Regulations 2003.", ("Import Licensing Regulations 2003",)),
        ("The tariff is not repealed.", ()),
    ],
)
def test_what_is_repealed(text: str, names: tuple[str, ...]) -> None:
    assert repealed_by("甲", text) == names


def test_titles_that_repeal_or_change() -> None:
    assert repealed_by("国务院关于废止《甲条例》的决定", "") == ("甲条例",)
    assert repealed_by("国务院关于废止和修改《甲条例》的决定", "") == ()  # one of the two
    assert amended_by("关于修改《甲法》、《乙法》的决定") == ("甲法", "乙法")
    assert amended_by("关于执行《甲法》的决定") == ()


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("本标准代替《甲标准》。", ("甲标准",)),
        ("不得以甲方案代替《乙方案》。", ()),
        ("This Policy supersedes and replaces the Travel Policy 2019.", ("Travel Policy 2019",)),
        ("Paper replaces the Stone Rules.", ()),
    ],
)
def test_what_is_superseded(text: str, names: tuple[str, ...]) -> None:
    assert superseded_by(text) == names
