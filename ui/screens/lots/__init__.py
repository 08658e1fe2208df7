"""Who was treated with a lot, and the lots that stand recalled."""
