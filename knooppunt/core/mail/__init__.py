"""Mail that goes out: kept in a queue, sent once, and said when it did not arrive."""
