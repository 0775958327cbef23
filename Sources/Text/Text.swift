package enum TextRoom {}
