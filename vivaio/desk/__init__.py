"""Pages that cross stages: home, what awaits me, register, outbox."""
