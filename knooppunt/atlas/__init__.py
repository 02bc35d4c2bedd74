"""The map: what was found, on the outlines of the wijken, drawn by the server and livelier
where scripts run.
"""
