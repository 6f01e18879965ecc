"""What leaves the program: answers, dossiers and dumps, as text in standard formats."""
