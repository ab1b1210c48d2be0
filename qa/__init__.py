"""Which paragraphs answer, and the proof."""
