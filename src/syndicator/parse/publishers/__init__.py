"""Find a page's publisher and its accounts elsewhere, each with its evidence; and the credits of its pictures."""
