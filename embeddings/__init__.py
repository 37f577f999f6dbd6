"""Text to vectors, dense and lexical, and the Qdrant index that holds them."""
