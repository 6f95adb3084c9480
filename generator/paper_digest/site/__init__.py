"""The site's side: the MkDocs plugin, the Markdown extension, templates and styles."""
