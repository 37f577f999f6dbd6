"""Web pages: the text that a reader came for, without menus and banners."""
