import Testing

/// Where a file breaks a rule.
struct Violation: Sendable, Equatable, CustomStringConvertible {
    let path: String
    let line: Int
    let what: String

    init(_ file: TextFile, line: Int = 1, _ what: String) {
        path = file.path
        self.line = line
        self.what = what
    }

    var description: String { "\(path):\(line): \(what)" }
}

/// Records every violation as an issue of its own, so that a run names all of them.
func expectNone(_ violations: [Violation], sourceLocation: SourceLocation = #_sourceLocation) {
    for violation in violations { Issue.record("\(violation)", sourceLocation: sourceLocation) }
}

/// The number of the line, from 1, in which an index stands.
func lineNumber(of index: String.Index, in text: String) -> Int {
    text.utf8[..<index].reduce(1) { $1 == UInt8(ascii: "\n") ? $0 + 1 : $0 }
}
