"""Find an article on its page: its body without what surrounds it, and the date and authors round its headline."""
