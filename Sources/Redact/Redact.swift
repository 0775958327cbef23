package enum RedactRoom {}
