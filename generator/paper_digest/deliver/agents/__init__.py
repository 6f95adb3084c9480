"""A built or published archive answered to programs of language models: its files read, and the tools of ``digest mcp``."""
