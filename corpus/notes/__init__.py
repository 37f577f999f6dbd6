"""The five municipal notes the product starts with; their entries stand in corpus/catalogue.toml."""
