/// A Swift file taken apart: its code without comments and string contents, and its string literals.
///
/// Knows line and nested block comments, plain, raw and multi-line strings with interpolations; a regex literal counts
/// as code. Code keeps its lines, so that line numbers fit the file.
struct SwiftText: Sendable {
    struct Literal: Sendable {
        let line: Int
        let text: String
    }

    /// The code; what a comment or string held is left out, its line breaks are kept.
    private(set) var code = ""
    private(set) var literals: [Literal] = []
    private var codeBytes: [UInt8] = []
    private let bytes: [UInt8]
    private var place = 0
    private var line = 1

    init(_ text: String) {
        bytes = Array(text.utf8)
        codeBytes.reserveCapacity(bytes.count)
        readCode(isInterpolation: false)
        code = String(decoding: codeBytes, as: UTF8.self)
    }

    var codeLines: [Substring] { code.split(separator: "\n", omittingEmptySubsequences: false) }

    /// Reads code up to its end, or up to the parenthesis that closes an interpolation.
    private mutating func readCode(isInterpolation: Bool) {
        var depth = 0
        while place < bytes.count {
            if isInterpolation, depth == 0, isAt(")") { return }
            if isAt("//") {
                while place < bytes.count, !isAt("\n") { place += 1 }
            } else if isAt("/*") {
                readBlockComment()
            } else if isAt("\"") || isAtRawString {
                readString()
            } else {
                if isAt("(") { depth += 1 } else if isAt(")") { depth -= 1 }
                if isAt("\n") { line += 1 }
                codeBytes.append(bytes[place])
                place += 1
            }
        }
    }

    private mutating func readBlockComment() {
        var depth = 0
        repeat {
            if isAt("/*") {
                depth += 1
                place += 2
            } else if isAt("*/") {
                depth -= 1
                place += 2
            } else {
                leaveOut()
            }
        } while depth > 0 && place < bytes.count
    }

    private mutating func readString() {
        let hashes = bytes[place...].prefix { $0 == UInt8(ascii: "#") }.count
        place += hashes
        let marks = String(repeating: "#", count: hashes)
        let quote: StaticString = isAt("\"\"\"") ? "\"\"\"" : "\""
        place += quote.utf8CodeUnitCount
        let (end, escape) = ("\(quote)\(marks)", "\\\(marks)")
        let start = line
        var text: [UInt8] = []
        codeBytes.append(UInt8(ascii: "\""))
        while place < bytes.count, !isAt(end) {
            if isAt(escape + "(") {
                place += escape.utf8.count + 1
                readCode(isInterpolation: true)
                place += 1
                text += Array("()".utf8)
            } else if isAt(escape) {
                place += escape.utf8.count
                leaveOut()
            } else {
                text.append(bytes[place])
                leaveOut()
            }
        }
        place += end.utf8.count
        codeBytes.append(UInt8(ascii: "\""))
        literals.append(Literal(line: start, text: String(decoding: text, as: UTF8.self)))
    }

    private var isAtRawString: Bool {
        isAt("#") && bytes[place...].first { $0 != UInt8(ascii: "#") } == UInt8(ascii: "\"")
    }

    private func isAt(_ text: String) -> Bool { bytes[min(place, bytes.count)...].starts(with: text.utf8) }

    /// Goes on by one byte, of which the code keeps a line break.
    private mutating func leaveOut() {
        guard place < bytes.count else { return }
        if isAt("\n") {
            line += 1
            codeBytes.append(UInt8(ascii: "\n"))
        }
        place += 1
    }
}
