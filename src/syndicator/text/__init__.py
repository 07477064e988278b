"""Pure functions on strings: addresses and the secrets in them, dates, markup, languages, likeness keys."""
