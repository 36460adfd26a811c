"""The seed, indexed with the real embedder, for those who use the whole product; and the real dictionary."""

from tests.assistant.conftest import cache as cache
from tests.assistant.conftest import dictionary as dictionary
from tests.assistant.conftest import indexed_home as indexed_home
from tests.assistant.conftest import seed_assistant as seed_assistant
from tests.assistant.conftest import seed_home as seed_home
