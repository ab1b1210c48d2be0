"""How the shipped reader was trained; nothing of it runs when a question is answered."""
