"""What the database does for us beyond Django: bulk writes, triggers and valid time."""
