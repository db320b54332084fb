"""Reading what is a picture: scanned pages of a PDF, and photographs of pages."""
