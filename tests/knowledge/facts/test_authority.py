import pytest

from knowledge.facts.authority import issuer_of, kind_of, level_of
from knowledge.facts.head_of_text import acts_in
from knowledge.policy import Level


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("中华人民共和国海关法", "法"),
        ("海关法（2021年修正）", "法"),
        ("专利法实施细则", "实施细则"),
        ("外国商会管理暂行规定", "暂行规定"),
        ("出口管理办法", "办法"),
        ("国务院关于税收的通知", "通知"),
        ("工作方法", None),
        ("Foreign Trade Law of the Republic", "Law"),
        ("Notice on the Foreign Trade Law", "Notice"),
        ("Agreement between A and B", "Agreement"),
        ("A word about lawyers", None),
    ],
)
def test_kinds(title: str, kind: str | None) -> None:
    assert kind_of(title) == kind


@pytest.mark.parametrize(
    ("title", "head", "level"),
    [
        ("甲法", "2021年4月29日 第十三届全国人民代表大会常务委员会第二十八次会议通过", "law"),
        ("关衔条例", "2003年2月28日 第九届全国人民代表大会常务委员会第三十二次会议通过", "law"),
        ("甲条例", "2019年10月22日 中华人民共和国国务院令第722号公布", "regulation"),
        ("甲办法", "1997年6月10日 国务院批准\n1997年8月1日 海关总署令第65号发布", "regulation"),
        ("甲办法", "1997年8月1日 海关总署令第65号发布", "ministry rule"),
        ("甲条例", "2021年1月1日 上海市第十五届人民代表大会常务委员会第一次会议通过", "local regulation"),
        ("甲办法", "2021年1月1日 上海市人民政府令第3号公布", "local rule"),
        ("上海市标准化条例", "", "local regulation"),
        ("上海市标准化规定", "", None),  # of the congress or of the government: nobody says
        ("中华人民共和国甲法", "", "law"),
        ("中华人民共和国甲条例", "", None),
        ("国务院关于税收的通知", "1994年2月22日 国务院发布", "notice"),
        ("在大会上的讲话", "", "speech"),
        ("Remarks at the Opening", "", "speech"),
        ("Trade Act 2021", "", "law"),
        ("Agreement between the Government of A and the Government of B", "", "treaty"),
        ("Licence Agreement", "", None),
        ("Trade Regulations", "", None),
        ("Rules", "", None),
    ],
)
def test_levels(title: str, head: str, level: Level | None) -> None:
    assert level_of(title, acts_in(head), head) == level


def test_who_issued_it_first_is_its_issuer_and_not_who_approved_or_changed_it() -> None:
    head = "1997年6月10日 国务院批准\n1997年8月1日 海关总署令第65号发布\n2010年1月1日 国务院修订"
    assert issuer_of(acts_in(head)) == "海关总署"
    assert issuer_of(acts_in("1990年4月9日 国务院批准")) == "国务院"
    assert issuer_of(()) is None
