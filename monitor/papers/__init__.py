"""Papers: PDF files and spreadsheets as text, read in a process of their own."""
