"""Search, verdicts, comparison and reports; REST and the command line."""
