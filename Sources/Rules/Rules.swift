package enum RulesRoom {}
