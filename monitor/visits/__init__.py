"""When and where we look: the daemon, a visit and its verdict, checks, pages found by hand."""
