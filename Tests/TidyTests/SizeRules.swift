/// Sizes. A file is one concept and a function one thought: what does not fit on a few screens is neither.
enum SizeRules {
    static let linesAFile = 400
    static let linesAFunction = 100
    static let columnsALine = 120

    static func fileIsShort(_ file: TextFile) -> [Violation] {
        let count = file.lines.count
        return count > linesAFile ? [Violation(file, "\(count) lines; split it by concept, \(linesAFile) at most")] : []
    }

    /// Tolerated: a line of a test that quotes 30 characters or more. A message or a row of data stays in one piece
    /// there, as the program writes it, so that a search finds it.
    static func linesFit(_ file: TextFile) -> [Violation] {
        let quoting = file.isBelow("Tests") ? Set(file.swift.literals.filter { $0.text.count >= 30 }.map(\.line)) : []
        return file.lines.enumerated().filter { index, line in
            line.utf8.count > columnsALine && line.count > columnsALine && !quoting.contains(index + 1)
        }.map { index, line in
            Violation(file, line: index + 1, "\(line.count) columns; wrap it, \(columnsALine) at most")
        }
    }

    /// Functions, initialisers and subscripts; a table in a `static let` is none and may be as long as its file.
    static func functionsAreShort(_ file: TextFile) -> [Violation] {
        let lines = file.swift.codeLines
        return lines.indices.compactMap { start in
            guard lines[start].utf8.contains(UInt8(ascii: "(")),
                lines[start].contains(/^\s*(\w+(\(\w+\))? )*(func |init[?<(]|subscript[<(]|deinit)/),
                let end = endOfBody(from: start, in: lines), end - start + 1 > linesAFunction
            else { return nil }
            let length = end - start + 1
            return Violation(file, line: start + 1, "a function of \(length) lines; \(linesAFunction) at most")
        }
    }

    /// The line with the brace that closes the body opened at or after `start`; nil for a requirement without a body.
    private static func endOfBody(from start: Int, in lines: [Substring]) -> Int? {
        var braces = 0
        var parentheses = 0
        for index in start..<lines.endIndex {
            for character in lines[index].utf8 {
                switch character {
                case UInt8(ascii: "("): parentheses += 1
                case UInt8(ascii: ")"): parentheses -= 1
                case UInt8(ascii: "{") where parentheses == 0: braces += 1
                case UInt8(ascii: "}") where parentheses == 0:
                    braces -= 1
                    if braces == 0 { return index }
                    if braces < 0 { return nil }
                default: break
                }
            }
            let isOutside = index > start && parentheses == 0 && braces == 0
            if isOutside, lines[index].contains(/^\s*(\w+ )*(func |var )/) { return nil }
        }
        return nil
    }
}
