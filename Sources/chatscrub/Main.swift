import Builtin
@main struct M { static func main() { print(builtinSize()) } }
