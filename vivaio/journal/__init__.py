"""What happened, append-only and sealed.

One record per action: when, who, on whose behalf, verb, subject, programme, names of the fields that
changed. Never a value, never personal data: identifiers are random, so erasing a person leaves the
journal verifiable. A job seals records into batches whose Merkle tree heads form a chain.
"""
