"""Forty trade agreements in XML: every chapter and article that the file has is a heading of the text."""

import xml.etree.ElementTree as ElementTree  # another parser than the one under test

import pytest

from knowledge.reading import FileReader
from tests.knowledge.test_public_laws import PUBLIC_DATA

AGREEMENTS = sorted((PUBLIC_DATA / "tota" / "xml").glob("*.xml"))

pytestmark = [
    pytest.mark.public_data,
    pytest.mark.skipif(not AGREEMENTS, reason=f"no tota in {PUBLIC_DATA}; set POLICY_ASSISTANT_PUBLIC_DATA"),
]


def test_every_article_is_a_heading_with_its_number_and_all_words_are_there() -> None:
    articles = 0
    with FileReader() as reader:
        for path in AGREEMENTS:
            read = reader.read(path)
            headings = [read.text[at:].partition("\n\n")[0] for at, _ in read.layout.headings]
            root = ElementTree.parse(path).getroot()  # noqa: S314 (public data, and no entity in it)
            named = [
                " ".join(f"{unit.get('number', '')} {unit.get('name', '')}".split())
                for unit in root.iter()
                if unit.tag in ("chapter", "article") and (unit.get("number") or unit.get("name"))
            ]
            assert [heading.removeprefix("Article ").removeprefix("Chapter ") for heading in headings] == [
                name.removeprefix("Article ").removeprefix("Chapter ") for name in named
            ], path
            articles += sum("article" in heading.lower() for heading in headings)
            body = root.find("body")
            assert body is not None
            words = "".join("".join(body.itertext()).split())
            # A heading that its article repeats stands in the text once.
            assert (
                0.99 * len(words) < len("".join(read.text.split())) < len(words) + sum(map(len, named)) + 1
            ), path
            assert read.stated["title"] == root.findtext("meta/name"), path
            assert read.stated["level"] == "treaty", path
            assert read.stated.get("in_force_from") == (root.findtext("meta/date_into_force") or None), path
            assert read.stated.get("in_force_until") == (root.findtext("meta/date_inactive") or None), path
    assert articles > 4_000
