from enkat.takt import DYGN, FLEST_ADRESSER, Takt


def test_a_bucket_empties_and_fills_up_again_evenly() -> None:
    takt = Takt(3, 60)
    assert [takt.far("a", 0.0) for _ in range(4)] == [True, True, True, False]
    assert takt.far("b", 0.0)
    assert [takt.far("a", 20.0), takt.far("a", 20.0)] == [True, False]


def test_no_address_is_kept_and_the_key_lives_a_day() -> None:
    takt = Takt(1, 10 * DYGN)
    assert takt.far("192.0.2.7", 1.0)
    assert not takt.far("192.0.2.7", 2.0)
    assert "192.0.2.7" not in str(vars(takt))
    assert b"192.0.2.7" not in b"".join(takt._hinkar)
    assert takt.far("192.0.2.7", DYGN + 1.0)


def test_the_memory_has_an_end() -> None:
    takt = Takt(1, 60)
    for nummer in range(FLEST_ADRESSER + 10):
        takt.far(str(nummer), 0.0)
    assert len(takt._hinkar) == FLEST_ADRESSER


def test_a_clock_that_goes_backwards_gives_nothing_extra() -> None:
    takt = Takt(1, 60)
    assert takt.far("a", 100.0)
    assert not takt.far("a", 40.0)
