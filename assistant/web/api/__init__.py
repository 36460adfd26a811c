"""What other programs use: REST, the protocol of OpenAI's chat completions, and MCP, all behind one desk."""
