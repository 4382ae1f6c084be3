"""The register: what happened in a programme, in words, and how it is sealed."""
