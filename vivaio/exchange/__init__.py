"""Who is there around a programme, what they offer and look for, and introductions asked and made."""
