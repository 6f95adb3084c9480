"""TeX in titles and abstracts: where it stands, and its plain, BibTeX and MathML forms."""
