"""Merkle trees, inclusion proofs and consistency proofs.

Source: B. Laurie, A. Langley, E. Kasper, "Certificate Transparency", RFC 6962 (2013), section 2.1, over
SHA-256. Pure functions: the same leaves give the same root on every machine.
"""

import hashlib
from collections.abc import Sequence

EMPTY = hashlib.sha256(b"").digest()


def leaf_hash(data: bytes) -> bytes:
    """The hash of one leaf: the prefix 0x00 keeps a leaf from passing for a node."""
    return hashlib.sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of a node over its two children."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def root(leaves: Sequence[bytes]) -> bytes:
    """The head of the tree over hashed `leaves`; of an empty tree, the hash of nothing.

    Level by level instead of by recursion: a last node without a sibling moves up as it is, which gives
    the same tree as the RFC's split at the largest power of two.
    """
    if not leaves:
        return EMPTY
    level = list(leaves)
    while len(level) > 1:
        above = [node_hash(level[i], level[i + 1]) for i in range(0, len(level) - 1, 2)]
        if len(level) % 2:
            above.append(level[-1])
        level = above
    return level[0]


def inclusion_proof(leaves: Sequence[bytes], index: int) -> list[bytes]:
    """The audit path of leaf `index` (RFC 6962, 2.1.1), from the leaf upwards.

    Raises `IndexError` when there is no such leaf.
    """
    if not 0 <= index < len(leaves):
        raise IndexError(f"No leaf {index} in a tree of {len(leaves)}.")
    path = []
    level, place = list(leaves), index
    while len(level) > 1:
        sibling = place ^ 1
        if sibling < len(level):
            path.append(level[sibling])
        above = [node_hash(level[i], level[i + 1]) for i in range(0, len(level) - 1, 2)]
        if len(level) % 2:
            above.append(level[-1])
        level, place = above, place // 2
    return path


def verify_inclusion(leaf: bytes, index: int, size: int, path: Sequence[bytes], head: bytes) -> bool:
    """Whether `path` proves that hashed `leaf` stands at `index` of the tree of `size` with this `head`."""
    if not 0 <= index < size:
        return False
    place, last, found, rest = index, size - 1, leaf, list(path)
    while last:
        if place % 2 or place < last:
            if not rest:
                return False
            sibling = rest.pop(0)
            found = node_hash(sibling, found) if place % 2 else node_hash(found, sibling)
        place, last = place // 2, last // 2
    return not rest and found == head


def consistency_proof(leaves: Sequence[bytes], old_size: int) -> list[bytes]:
    """The proof that the tree of the first `old_size` leaves is a beginning of this one (RFC 6962, 2.1.2).

    Raises `ValueError` unless `old_size` lies between 1 and the number of leaves.
    """
    if not 0 < old_size <= len(leaves):
        raise ValueError(f"No proof from {old_size} to {len(leaves)} leaves.")
    return _subproof(list(leaves), old_size, whole=True)


def _subproof(leaves: list[bytes], old_size: int, *, whole: bool) -> list[bytes]:
    if old_size == len(leaves):
        return [] if whole else [root(leaves)]
    split = _split(len(leaves))
    if old_size <= split:
        return [*_subproof(leaves[:split], old_size, whole=whole), root(leaves[split:])]
    return [*_subproof(leaves[split:], old_size - split, whole=False), root(leaves[:split])]


def verify_consistency(
    old_size: int, new_size: int, old_head: bytes, new_head: bytes, proof: Sequence[bytes]
) -> bool:
    """Whether `proof` shows that nothing of the tree with `old_head` was changed or dropped since."""
    if not 0 < old_size <= new_size:
        return False
    if old_size == new_size:
        return not proof and old_head == new_head
    rest = list(proof)
    found = _heads(old_size, new_size, old_head, rest, whole=True)
    return found == (old_head, new_head) and not rest


def _heads(
    old_size: int, size: int, old_head: bytes, rest: list[bytes], *, whole: bool
) -> tuple[bytes, bytes] | None:
    """The heads of the old and the new tree as the proof gives them; consumes `rest` from its front."""
    if old_size == size:
        if whole:
            return old_head, old_head
        if not rest:
            return None
        head = rest.pop(0)
        return head, head
    split = _split(size)
    left = old_size <= split
    below = (
        _heads(old_size, split, old_head, rest, whole=whole)
        if left
        else _heads(old_size - split, size - split, old_head, rest, whole=False)
    )
    if below is None or not rest:
        return None
    sibling = rest.pop(0)
    if left:
        return below[0], node_hash(below[1], sibling)
    return node_hash(sibling, below[0]), node_hash(sibling, below[1])


def _split(size: int) -> int:
    """The largest power of two below `size`."""
    return 1 << (size - 1).bit_length() - 1
