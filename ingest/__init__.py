"""From file to Document to Passages, and the pipeline that puts them in register and index."""
