"""What a report is: files become numbered paragraphs."""
