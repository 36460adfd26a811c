"""Two processes of the page over one PostgreSQL and one Chroma server, each of the four killed in turn."""

import shutil

import pytest

from evals.bench import shared
from evals.bench.own_nginx import NO_NGINX
from evals.bench.own_postgres import NO_POSTGRES, postgres_programs


@pytest.mark.torture
@pytest.mark.skipif(postgres_programs() is None, reason=NO_POSTGRES)
@pytest.mark.skipif(not (shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")), reason=NO_NGINX)
def test_no_answer_is_wrong_and_none_that_was_kept_is_lost() -> None:
    assert shared.main([]) == 0
