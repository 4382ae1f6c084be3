"""What happens in a programme, told to other programs: read from the sealed journal, signed, tried again."""
