import Foundation

/// A CSV file cut below its header: the names of the columns, and the rows as they are, for a server that reads them.
///
/// Lines above the header that begin with `#` are comments; a line ends with LF, CR LF or CR.
package struct CSVHead: Sendable {
    /// The cells of the header without quotes and blanks around them; empty ones too.
    package let columns: [String]
    /// Lines up to and with the header.
    package let lineCount: Int
    /// Everything below the header; nothing is skipped or changed there.
    package let rows: [UInt8]

    /// - Throws: `CSVFault` for bytes that are not UTF-8 text up to the header's end, and for no header.
    package init(_ bytes: [UInt8]) throws(CSVFault) {
        let isWide = bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF])
        var lines = CSVLines(bytes)
        while let line = lines.next {
            lines.take(line)
            if isWide || line.contains(0) { throw CSVFault(line: lines.count, reason: .wideText) }
            guard let text = String(validating: line, as: UTF8.self) else {
                throw CSVFault(line: lines.count, reason: .notUTF8)
            }
            if CSVLines.isComment(line) { continue }
            columns = text.trimmingCharacters(in: .whitespaces).split(separator: ",", omittingEmptySubsequences: false)
                .map { $0.trimmingCharacters(in: CharacterSet(charactersIn: "\" ")) }
            lineCount = lines.count
            rows = Array(lines.rest)
            return
        }
        throw CSVFault(line: nil, reason: bytes.isEmpty ? .noBytes : .noHeader)
    }
}
