"""Who an article's publisher is on other platforms, and which lines of a body say so: pure knowledge, no effects.

`platforms` tells what an address means, and `labels` what a platform's name in a text means; both use the data in
`platforms.toml` (`table`). `lines` finds the lines of a body that are not part of the story; `links` and `credits` read
what such lines say.
"""
