"""Pages of the longlist: the staff's, and the one that an invited organisation opens."""
