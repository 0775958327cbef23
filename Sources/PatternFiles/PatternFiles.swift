package enum PatternFilesRoom {}
