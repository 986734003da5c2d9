"""How well what people bring is read, measured on cells whose meaning was written down by hand."""
