import Foundation
import Runtime
import TextFiles

/// A CSV file in memory: RFC 4180, with lines that begin with `#` above the header as comments.
struct CSVTable {
    let header: [String]
    /// One a line, as long as the header.
    let rows: [[String]]

    /// Reads a file.
    /// - Throws: `Failure` 66 for a file that cannot be read, 65 for bytes that are no CSV and for a row that
    ///   does not fit the header.
    init(file: String) throws {
        guard let data = FileManager.default.contents(atPath: file) else {
            throw Failure(.inputMissing, "\(file) cannot be read")
        }
        let records: [[String]]
        do throws(CSVFault) {
            records = try CSVRecords(Array(data)).records.map(\.cells).filter { $0 != [""] }
        } catch {
            throw Failure(.inputRejected, "\(file), \(error)", hint: error.hint)
        }
        guard let header = records.first else { throw Failure(.inputRejected, "\(file) has no header") }
        guard Set(header).count == header.count else { throw Failure(.inputRejected, "\(file) names a column twice") }
        for (index, record) in records.enumerated() where record.count != header.count {
            throw Failure(
                .inputRejected, "\(file): record \(index + 1) has \(record.count) cells, the header \(header.count)")
        }
        self.header = header
        rows = Array(records.dropFirst())
    }
}
