"""The nouns: frozen dataclasses, one type for each stage, named after the stage; they all pickle."""
