/// A type's name says one thing in the whole product: who reads it need not ask which module is meant.
enum TypeNameRules {
    struct Declaration: Equatable {
        let name: String
        let module: String
        let isNested: Bool
        let path: String
        let line: Int
    }

    /// Types that a module declares at file level, and others that are named like one of another module. Subcommands
    /// of `margin` are left out below file level: they are named after the words of the command line.
    static func namesTakenTwice(_ files: [TextFile]) -> [Violation] {
        let found = files.flatMap(declarations)
        let atFileLevel = Dictionary(grouping: found.filter { !$0.isNested }, by: \.name)
        return found.flatMap { declaration -> [Violation] in
            guard !declaration.isNested || declaration.module != "margin" else { return [] }
            let others = (atFileLevel[declaration.name] ?? []).filter { $0.module != declaration.module }
            guard let other = others.first, let file = files.first(where: { $0.path == declaration.path }) else {
                return []
            }
            return [
                Violation(file, line: declaration.line, "\(declaration.name) is a type of \(other.module) as well")
            ]
        }
    }

    static func declarations(_ file: TextFile) -> [Declaration] {
        let parts = file.path.split(separator: "/")
        guard parts.first == "Sources", parts.count > 2 else { return [] }
        let declaration =
            /^(?<indent> *)(?:[a-z]+ )*(?:struct|enum|class|actor|protocol|typealias) (?<name>[A-Z]\w*)/
        return file.swift.codeLines.enumerated().compactMap { index, line in
            guard let match = line.prefixMatch(of: declaration) else { return nil }
            return Declaration(
                name: String(match.output.name), module: String(parts[1]), isNested: !match.output.indent.isEmpty,
                path: file.path, line: index + 1)
        }
    }
}
