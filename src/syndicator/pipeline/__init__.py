"""The one composer: it knows that the rooms exist, and carries what one finds to the next.

Nothing is imported here: a reader process needs `pipeline.read`, and not the whole house.
"""
