"""Personal data in questions: what is found, and what looks like it and is not."""

import pytest

from assistant.records.personal_data import MASK, kinds_in, mask_as_in, masked, personal_parts

# Made up; the check digits are right. 11010519491231002X is the example of GB 11643-1999 itself.
ID = "11010519491231002X"
VISA, UNIONPAY, AMEX = "4111111111111111", "6222021234567890128", "378282246310005"


@pytest.mark.parametrize(
    ("question", "kind", "part"),
    [
        (f"我的身份证号是{ID}，可以免签吗？", "id_number", ID),
        (f"ID number {ID.lower()}: may I apply?", "id_number", ID.lower()),
        ("身份证 110105 19491231 002X 如何办理？", "id_number", "110105 19491231 002X"),
        ("身份证１１０１０５１９４９１２３１００２Ｘ", "id_number", "１１０１０５１９４９１２３１００２Ｘ"),
        ("我的手机是13800138000，怎么联系？", "phone", "13800138000"),
        ("Call me at +86 138 0013 8000.", "phone", "+86 138 0013 8000"),
        ("138-0013-8000 联系", "phone", "138-0013-8000"),
        ("办公电话010-62345678", "phone", "010-62345678"),
        ("电话(021) 62345678", "phone", "(021) 62345678"),
        ("0755-86543210 是谁的？", "phone", "0755-86543210"),
        ("My number is +44 20 7183 8750, please reply.", "phone", "+44 20 7183 8750"),
        ("Reach me on +1 (555) 123-4567", "phone", "+1 (555) 123-4567"),
        ("请回复到zhang.san@example.com.cn谢谢", "email", "zhang.san@example.com.cn"),
        ("Write to a_b+c@mail.example.org.", "email", "a_b+c@mail.example.org"),
        (f"Card {VISA} was charged", "card", VISA),
        ("卡号 4111 1111 1111 1111", "card", "4111 1111 1111 1111"),
        (f"银行卡{UNIONPAY}", "card", UNIONPAY),
        (f"Amex {AMEX}", "card", AMEX),
        ("护照号码E12345678能办签证吗", "passport", "E12345678"),
        ("My passport is EA1234567; do I need a visa?", "passport", "EA1234567"),
    ],
)
def test_personal_data_is_found_where_it_stands(question: str, kind: str, part: str) -> None:
    (found,) = personal_parts(question)

    assert (found.kind, question[found.start : found.end]) == (kind, part)
    assert masked(question) == question.replace(part, MASK)


@pytest.mark.parametrize(
    "question",
    [
        "国务院令第666号有哪些规定？",
        "国发〔2023〕11号、商务部公告2024年第13号",
        "GB 11643-1999 and ISO/IEC 7812-1:2017",
        "HS 8471.30.10, 84713010 and 8471301000",
        "税则号列 2204.21.0000 的关税",
        "From 2019 to 2024, and in 20240826?",
        "2024-08-26 至 2024-09-30",
        "进口额13800138000元的企业",
        "服务贸易额 13,800,138,000 美元",
        "CNY 13800138000 or USD 4111111111111111",
        "an investment of 13800138000 yuan",
        "增长15.3%，达到65754.3亿元",
        "统一社会信用代码91110000100000000X",
        "统一社会信用代码 4111111111111111",
        "报关单号 530120231234567890",
        "declaration no. 310120210116123456",
        "身份证号110105194912310021",  # the check digit is wrong
        "身份证号11010519491331002X",  # there is no 13th month
        "身份证号99010519491231002X",  # no such province
        "卡号4111111111111112",  # the check digit is wrong
        "合同编号E12345678",
        "Regulation (EU) 2016/679, OJ L 119, 4.5.2016",
        "WT/DS597/R and S/L/92",
        "ISBN 978-7-5093-1234-5",
        "Article 12, paragraph 2(a), items 3-5",
        "the 12345 hotline",
        "0.1380013800012",
        "@ministry and a@b",
        "文件 MOFCOM-2023-13800138000-A",
    ],
)
def test_numbers_of_documents_goods_years_and_amounts_are_none(question: str) -> None:
    assert personal_parts(question) == ()
    assert masked(question) == question


def test_each_kind_is_named_once_in_the_order_of_the_text() -> None:
    text = f"电话13800138000，身份证{ID}，另一个电话13900139000，邮箱a@example.com"

    assert list(kinds_in(text)) == ["phone", "id_number", "email"]
    assert masked(text) == f"电话{MASK}，身份证{MASK}，另一个电话{MASK}，邮箱{MASK}"


def test_other_texts_lose_what_the_question_held_and_nothing_else() -> None:
    mask = mask_as_in("我的电话是13800138000")

    assert mask("您的电话13800138000，可拨打13900139000。") == f"您的电话{MASK}，可拨打13900139000。"
