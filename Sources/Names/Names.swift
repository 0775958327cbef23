package enum NamesRoom {}
