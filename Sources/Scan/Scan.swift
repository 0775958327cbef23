package enum ScanRoom {}
