"""R11, the part of the records: a backup taken while people ask holds whole conversations of one moment."""

import threading
from contextlib import closing
from pathlib import Path

from assistant.records.records import Records
from knowledge.data_folder import DataFolder
from knowledge.library import Library
from knowledge.stores.backup import back_up, restore
from tests.assistant.records.made_records import CHINESE, IMPORTS, stored

TIMES = 20


def test_a_backup_while_people_ask_holds_what_was_acknowledged_before_it(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path)
    acknowledged: list[str] = []
    before: list[set[str]] = []
    ended = threading.Event()
    with closing(Library(folder.library)), closing(Records(folder.records, 90)) as records:

        def ask(person: str) -> None:
            while not ended.is_set():
                kept = records.keep(person, None, IMPORTS, stored(IMPORTS))
                records.keep(person, kept.conversation, CHINESE, stored(CHINESE))
                acknowledged.append(kept.conversation)

        people = [threading.Thread(target=ask, args=(name,)) for name in ("ann", "ben", "eve")]
        for one in people:
            one.start()
        for number in range(TIMES):
            before.append(set(acknowledged))
            back_up(folder, tmp_path / f"{number}.zip")
        ended.set()
        for one in people:
            one.join()

    assert before[-1]
    for number, known in enumerate(before):
        elsewhere = DataFolder(tmp_path / f"home{number}")
        elsewhere.path.mkdir()
        restore(tmp_path / f"{number}.zip", elsewhere)
        with closing(Records(elsewhere.records, 90)) as restored:
            there = [
                one for name, _ in restored.persons() for one in restored.conversations(name, most=10_000)
            ]
        assert known <= {one.id for one in there}
        assert {one.exchanges for one in there if one.id in known} <= {2}
