/// Words: documents, doc comments, test names.
enum DocumentRules {
    /// A document is about one thing and says so once, at the top.
    static func hasOneTitle(_ file: TextFile) -> [Violation] {
        var isCode = false
        let titles = file.lines.enumerated().filter { _, line in
            if line.hasPrefix("```") { isCode.toggle() }
            return !isCode && line.hasPrefix("# ")
        }
        if titles.count == 1, titles[0].offset == 0 { return [] }
        return [Violation(file, "\(titles.count) titles; begin with one # line and have no other")]
    }

    /// A path of one developer's machine works on no other.
    static func namesNoMachine(_ file: TextFile) -> [Violation] {
        let text = file.text
        return text.matches(of: /(?:^|[^\w.}~*-])\/(?:work|home|root)\//.anchorsMatchLineEndings()).map { match in
            let line = lineNumber(of: match.range.upperBound, in: text)
            return Violation(file, line: line, "a path of one machine: write it relative")
        }
    }

    /// What a module offers to others carries a sentence: every type, and every function whose name is not fixed by a
    /// protocol. An extension that gathers a family of functions may say for all of them what they do. Properties and
    /// initialisers carry a sentence where name and type leave a question; that no test can tell.
    static func isDocumented(_ file: TextFile) -> [Violation] {
        let lines = file.lines
        let code = file.swift.codeLines
        var isFamilyDescribed = false
        return code.indices.compactMap { index in
            let line = code[index]
            if line.hasPrefix("extension ") { isFamilyDescribed = hasComment(above: index, in: lines) }
            if line.hasPrefix("}") { isFamilyDescribed = false }
            guard line.contains("package ") || line.contains("public "),
                let match = line.firstMatch(of: offered), !isFixedByProtocol(String(match.output.2)),
                !(isFamilyDescribed && match.output.1 == "func"), !hasComment(above: index, in: lines)
            else { return nil }
            return Violation(file, line: index + 1, "\(match.output.1) \(match.output.2) has no doc comment")
        }
    }

    /// Whether a doc comment stands above a declaration and its attributes.
    private static func hasComment(above index: Int, in lines: [Substring]) -> Bool {
        let above = lines[..<index].last { !$0.contains(/^\s*@\w+/) }
        return above?.contains(/^\s*\/\/\//) == true
    }

    /// A declaration that other modules see: its kind and its name.
    private static var offered: Regex<(Substring, Substring, Substring)> {
        /^\s*(?:@\w+ )*(?:package|public) (?:\w+ )*?(struct|class|enum|actor|protocol|func) (\S+?)(?=[<(:\s{]|$)/
    }

    /// Operators, and functions that a protocol names and describes.
    private static func isFixedByProtocol(_ name: String) -> Bool {
        ["hash", "encode", "validate", "run", "index", "next"].contains(name) || name.first?.isLetter == false
    }

    /// A test that fails says what no longer holds: its name is a sentence.
    static func testIsASentence(_ file: TextFile) -> [Violation] {
        let text = file.text
        return text.matches(of: /@Test\b(?:(?!func)[^\n])*\s*\bfunc (\w+)/).map { match in
            let line = lineNumber(of: match.range.lowerBound, in: text)
            return Violation(file, line: line, "\(match.output.1): name the test by a `sentence`")
        }
    }
}
