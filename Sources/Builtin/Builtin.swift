package func builtinSize() -> Int { packedPatterns.utf8CodeUnitCount }
