/// Who looks for a command finds it by its name, and an option of many commands is declared once, in Commands.
enum CommandRules {
    /// A file declares one command; a subcommand stands in a file of its own, named after both.
    static func oneCommandAFile(_ file: TextFile) -> [Violation] {
        let commands = file.swift.codeLines.enumerated().filter { _, line in
            line.contains(/\bstruct \w+: (?:Async)?ParsableCommand\b/)
        }
        return commands.dropFirst().map {
            Violation(file, line: $0.offset + 1, "a second command: give it its own file")
        }
    }

    /// An option with the same words and the same declaration in two files.
    static func optionsDeclaredOnce(_ files: [TextFile]) -> [Violation] {
        var first: [Substring: String] = [:]
        return files.flatMap { file in
            file.lines.enumerated().compactMap { index, line -> Violation? in
                let text = Substring(line.drop { $0 == " " })
                guard text.hasPrefix("@Option(") || text.hasPrefix("@Flag("), text.contains("help: \"") else {
                    return nil
                }
                let declaration = file.lines.dropFirst(index + 1).first.map { $0.drop { $0 == " " } } ?? ""
                let option = Substring(text + declaration.replacing("package ", with: ""))
                guard let other = first.updateValue(file.path, forKey: option), other != file.path else { return nil }
                return Violation(
                    file, line: index + 1, "the same option as in \(other): give both one group of Commands")
            }
        }
    }
}
