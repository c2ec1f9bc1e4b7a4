"""Outside text on its way in: decoded, cleaned, cut into blocks with exact offsets; whatever source it is from."""
