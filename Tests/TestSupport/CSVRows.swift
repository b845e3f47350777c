import Foundation

/// A lenient reader of CSV for the files that tests compare: any line ends, quotes where they stand, lines that are
/// empty or begin with # left out.
package enum CSVRows {
    /// The cells line by line, the header first.
    package static func lines(_ text: String) -> [[String]] {
        var lines: [[String]] = []
        var line: [String] = []
        var cell: [UInt8] = []
        var isQuoted = false
        func isContent(_ line: [String]) -> Bool { line != [""] && line.first?.hasPrefix("#") != true }
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""):
                isQuoted.toggle()
                // A quote that opens again right after it closed stands for one.
                if isQuoted, !cell.isEmpty { cell.append(byte) }
            case UInt8(ascii: ",") where !isQuoted:
                line.append(String(decoding: cell, as: UTF8.self))
                cell = []
            case UInt8(ascii: "\n") where !isQuoted, UInt8(ascii: "\r") where !isQuoted:
                line.append(String(decoding: cell, as: UTF8.self))
                if isContent(line) { lines.append(line) }
                (line, cell) = ([], [])
            default: cell.append(byte)
            }
        }
        line.append(String(decoding: cell, as: UTF8.self))
        if isContent(line) { lines.append(line) }
        return lines
    }

    /// The rows by the header's columns.
    package static func rows(_ text: String) -> [[String: String]] {
        let lines = lines(text)
        guard let header = lines.first else { return [] }
        return lines.dropFirst().map { Dictionary(zip(header, $0), uniquingKeysWith: { first, _ in first }) }
    }

    /// The rows of a file.
    package static func rows(ofFile path: String) throws -> [[String: String]] {
        rows(try String(contentsOfFile: path, encoding: .utf8))
    }
}
