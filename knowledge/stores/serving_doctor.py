"""What can be found wrong with stores while they are open and serve: a part of what `doctor` finds.

The indexes are asked themselves, because another process must not open a folder of Chroma that is in use.
"""

from knowledge.errors import KnowledgeError
from knowledge.indexing import Stores, parameters
from knowledge.stores.doctor import contents_faults, held_faults, mismatches, unfinished


def examine_open(stores: Stores) -> list[str]:
    """A sentence for each thing that is wrong; takes seconds for each 10,000 passages and changes nothing."""
    library = stores.library
    told = [
        *unfinished(library),
        *contents_faults(library),
        *mismatches(library, parameters(stores.embedder.name)),
    ]
    for kind, index in (("keyword", stores.keyword_index), ("vector", stores.vector_index)):
        try:
            ids = sorted(index.ids())
            lost: list[str] = []
            spoilt: list[str] = []
            if index is stores.vector_index:
                lost, spoilt = stores.vector_index.unreachable(ids), stores.vector_index.spoilt()
        except KnowledgeError as error:
            told.append(str(error))
        else:
            told += held_faults(kind, library, ids, lost, spoilt)
    return told
