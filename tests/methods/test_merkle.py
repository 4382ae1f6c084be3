"""The tree of RFC 6962: its published vectors, and properties that hold for every size."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vivaio.methods import merkle

# The inputs of the reference implementation's tests, and the heads it publishes for their first n leaves.
INPUTS = [
    bytes.fromhex(data)
    for data in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
HEADS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
LEAVES = [merkle.leaf_hash(data) for data in INPUTS]


@pytest.mark.parametrize("size", range(1, 9))
def test_heads_of_the_published_vectors(size):
    assert merkle.root(LEAVES[:size]).hex() == HEADS[size - 1]


def test_the_head_of_nothing_is_the_hash_of_nothing():
    assert merkle.root([]) == hashlib.sha256(b"").digest()


@given(st.integers(1, 130), st.data())
def test_every_leaf_is_proved_and_no_other(size, data):
    leaves = [merkle.leaf_hash(str(number).encode()) for number in range(size)]
    index = data.draw(st.integers(0, size - 1))
    head, path = merkle.root(leaves), merkle.inclusion_proof(leaves, index)
    assert merkle.verify_inclusion(leaves[index], index, size, path, head)
    assert not merkle.verify_inclusion(merkle.leaf_hash(b"other"), index, size, path, head)
    assert not merkle.verify_inclusion(leaves[index], index, size, [*path, head], head)
    if size > 1:
        assert not merkle.verify_inclusion(leaves[index], (index + 1) % size, size, path, head)
        assert not merkle.verify_inclusion(leaves[index], index, size, path[:-1], head)


@given(st.integers(1, 130), st.data())
def test_a_grown_tree_is_proved_to_begin_with_the_old_one(size, data):
    leaves = [merkle.leaf_hash(str(number).encode()) for number in range(size)]
    old_size = data.draw(st.integers(1, size))
    old, new = merkle.root(leaves[:old_size]), merkle.root(leaves)
    proof = merkle.consistency_proof(leaves, old_size)
    assert merkle.verify_consistency(old_size, size, old, new, proof)
    forged = merkle.root([merkle.leaf_hash(b"altered"), *leaves[1:old_size]])
    assert not merkle.verify_consistency(old_size, size, forged, new, proof)
    assert not merkle.verify_consistency(old_size, size, old, new, [*proof, new])


def test_a_proof_of_what_is_not_there_is_refused():
    with pytest.raises(IndexError):
        merkle.inclusion_proof(LEAVES, len(LEAVES))
    with pytest.raises(ValueError, match="No proof"):
        merkle.consistency_proof(LEAVES, 0)
    assert not merkle.verify_inclusion(LEAVES[0], 5, 3, [], HEADS[0].encode())
    assert not merkle.verify_consistency(5, 3, b"", b"", [])
