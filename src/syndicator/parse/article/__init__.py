"""Where on its page an article is: its body without what surrounds it, and the date and authors round its headline."""
