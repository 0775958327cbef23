import Builtin
@main struct M { static func main() { print(Builtin.patterns.count) } }
