"""The nouns, one type for each stage, named after the stage; they all pickle. `noun` says what they have in common."""
