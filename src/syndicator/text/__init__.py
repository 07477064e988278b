"""Pure functions on strings: addresses, secrets in them, dates, markup, languages, likeness keys."""
