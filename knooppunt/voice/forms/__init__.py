"""The forms with which residents, hosts and delegates let the neighbourhood speak."""
