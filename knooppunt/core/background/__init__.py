"""What happens while nobody waits: rounds, results, and the worker's heartbeat."""
