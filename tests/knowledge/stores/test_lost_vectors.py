from knowledge.stores.index_probe import Probe

IDS = tuple(f"d:{n}" for n in range(3_000))


def test_a_few_that_no_way_leads_to_are_no_damage() -> None:
    assert not Probe(IDS).is_damaged
    assert not Probe(IDS, unreachable=IDS[:3]).is_damaged
    assert Probe(IDS, unreachable=IDS[:4]).is_damaged
    assert Probe(IDS[:500], unreachable=IDS[:1]).is_damaged


def test_a_spoilt_vector_always_is() -> None:
    assert Probe(IDS, spoilt=IDS[:1]).is_damaged
