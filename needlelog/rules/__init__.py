"""One rule, one pure function: from values and reference data to findings."""
