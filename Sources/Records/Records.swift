package enum RecordsRoom {}
