"""What can be asked of the library: paragraphs are kept and found."""
