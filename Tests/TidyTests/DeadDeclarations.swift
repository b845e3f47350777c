/// What is declared and named nowhere else in Sources is read for nothing and kept in step for nothing.
enum DeadDeclarations {
    /// Named by tests alone, which see through them what no product code has to ask.
    private static let keptForTests: Set = [
        // Where the cluster's files are, and whether its server runs.
        "actualFolder", "isRunning",
        // What an error and the server say beyond what is safe in a log.
        "completeDescription", "takeNotices",
        // One value by Kirk's formula, which the book's table has.
        "spreadOptionValue",
        // Tables and columns without a comment.
        "undescribed",
    ]

    /// The declarations of `files` that no line of theirs names but those that declare them, comments aside. Enum cases
    /// may be spelled by their raw value, so they are not looked at; nor is the published list of the server's codes.
    static func unused(in files: [TextFile]) -> [Violation] {
        var mentions: [Substring: Int] = [:]
        for file in files {
            // What a string interpolates is code too, so whole lines count.
            for line in file.lines where !line.contains(/^\s*\/\//) {
                for match in line.matches(of: /[A-Za-z_]\w*/) { mentions[match.output, default: 0] += 1 }
            }
        }
        var declared: [Substring: [(file: TextFile, line: Int)]] = [:]
        for file in files where !file.path.hasSuffix("/SQLState.swift") {
            for (index, line) in file.swift.codeLines.enumerated() {
                for match in line.matches(
                    of: /\b(?:func|var|let|struct|enum|class|actor|protocol|typealias) `?([A-Za-z_]\w*)/)
                {
                    declared[match.output.1, default: []].append((file, index + 1))
                }
            }
        }
        return declared.keys.sorted().flatMap { name -> [Violation] in
            let places = declared[name, default: []]
            guard mentions[name] == places.count, !keptForTests.contains(String(name)),
                !isAskedForByOthers(name, places)
            else { return [] }
            return places.map { Violation($0.file, line: $0.line, "nothing names \(name): remove it") }
        }
    }

    /// Entry points, and what a protocol of a library asks for.
    private static func isAskedForByOthers(_ name: Substring, _ places: [(file: TextFile, line: Int)]) -> Bool {
        places.allSatisfy { place in
            let lines = place.file.swift.codeLines
            return place.line > 1 && lines[place.line - 2].contains("@main")
                || lines[place.line - 1].contains("CodingKey")
                || ["createBuildCommands", "configuration", "validate"].contains(name)
        }
    }
}
