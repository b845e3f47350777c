import Foundation
import Runtime

/// A CSV file in memory: RFC 4180, with lines that begin with `#` above the header as comments.
struct CSVTable {
    let header: [String]
    /// One a line, as long as the header.
    let rows: [[String]]

    /// Reads a file.
    /// - Throws: `Failure` 66 for a file that cannot be read, 65 for a row that does not fit the header.
    init(file: String) throws {
        guard let data = FileManager.default.contents(atPath: file) else {
            throw Failure(.inputMissing, "\(file) cannot be read")
        }
        guard let parsed = Self.records(Array(data)) else {
            throw Failure(.inputRejected, "\(file): a quote is opened and never closed")
        }
        var records = parsed.filter { $0 != [""] }
        while let first = records.first?.first, first.hasPrefix("#") { records.removeFirst() }
        guard let header = records.first else { throw Failure(.inputRejected, "\(file) has no header") }
        guard Set(header).count == header.count else { throw Failure(.inputRejected, "\(file) names a column twice") }
        for (place, record) in records.enumerated() where record.count != header.count {
            throw Failure(
                .inputRejected, "\(file): record \(place + 1) has \(record.count) cells, the header \(header.count)")
        }
        self.header = header
        rows = Array(records.dropFirst())
    }

    /// Nil where a quote does not close.
    private static func records(_ bytes: [UInt8]) -> [[String]]? {
        var records: [[String]] = []
        var record: [String] = []
        var cell: [UInt8] = []
        var isQuoted = false
        var previousWasQuote = false
        func text() -> String { String(decoding: cell, as: UTF8.self) }
        for byte in bytes {
            if isQuoted, byte == UInt8(ascii: "\"") {
                isQuoted = false
                previousWasQuote = true
                continue
            }
            switch byte {
            case UInt8(ascii: "\"") where !isQuoted:
                // A doubled quote inside quotes is a quote.
                if previousWasQuote { cell.append(byte) }
                isQuoted = true
            case UInt8(ascii: ",") where !isQuoted:
                record.append(text())
                cell = []
            case UInt8(ascii: "\n") where !isQuoted:
                records.append(record + [text()])
                record = []
                cell = []
            case UInt8(ascii: "\r") where !isQuoted: break
            default: cell.append(byte)
            }
            previousWasQuote = false
        }
        guard !isQuoted else { return nil }
        if !record.isEmpty || !cell.isEmpty { records.append(record + [text()]) }
        return records
    }
}
