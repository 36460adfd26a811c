"""One file a command: `add_command` adds its parser; what it runs imports the heavy parts by itself."""
