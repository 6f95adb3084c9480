"""The MkDocs plugin, with its Markdown extension, templates, styles and scripts."""
