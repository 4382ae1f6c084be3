"""The outbox: the letters of a programme; read, released, tried again."""
