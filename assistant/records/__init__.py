"""What is kept of conversations: questions with their checked answers, and what people say of them."""
