import Digests
import Storage
import TextFiles

extension CSVImporter {
    /// A file's bytes cut into header and rows.
    /// - Throws: `LoadRefusal` for bytes that are not UTF-8 text up to the header's end, and for no header.
    package static func inputFile(_ table: String, source: String, _ bytes: [UInt8]) throws -> InputFile {
        let head: CSVHead
        do throws(CSVFault) {
            head = try CSVHead(bytes)
        } catch {
            throw LoadRefusal.rows([
                RowError(
                    line: error.line.map { Int64($0) }, column: "", value: "", kind: .malformedFile,
                    reason: [error.reason.rawValue, error.hint].compactMap(\.self).joined(separator: ": "))
            ])
        }
        return InputFile(
            table: table, source: source, sha256: try SHA256Digest(of: bytes).bytes, columns: head.columns,
            headerLines: head.lineCount, rows: head.rows)
    }
}
