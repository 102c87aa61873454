"""Words and cuts to what the short will show: pure decisions, no pixels."""
