"""Forms as data: XLSForm in, web form out, answers checked."""
