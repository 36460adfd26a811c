"""What the page keeps of its conversations: earlier ones, listed and opened again, and thumbs for answers."""
