import Digests
import Foundation
import Storage

extension CSVImporter {
    /// A file's bytes cut into header and rows. Lines that begin with `#` above the header are comments; a line ends
    /// with LF, CR LF or CR.
    /// - Throws: `LoadRefusal` for bytes that are not UTF-8 text up to the header's end, and for no header.
    package static func inputFile(_ table: String, source: String, _ bytes: [UInt8]) throws -> InputFile {
        let isWide = bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF])
        var rest = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes[3...] : bytes[...]
        var lines = 0
        while !rest.isEmpty {
            let line = rest.prefix { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") }
            rest = rest.dropFirst(line.count)
            rest = rest.dropFirst(rest.starts(with: [UInt8(ascii: "\r"), UInt8(ascii: "\n")]) ? 2 : 1)
            lines += 1
            guard let text = String(validating: line, as: UTF8.self), !line.contains(0), !isWide else {
                throw malformed(lines, isWide || line.contains(0) ? "it is UTF-16 text" : "it is not UTF-8 text")
            }
            let plain = text.trimmingCharacters(in: .whitespaces)
            if plain.isEmpty || plain.hasPrefix("#") { continue }
            let header = plain.split(separator: ",", omittingEmptySubsequences: false).map {
                $0.trimmingCharacters(in: CharacterSet(charactersIn: "\" "))
            }
            return InputFile(
                table: table, source: source, sha256: try SHA256Digest(of: bytes).bytes, columns: header,
                headerLines: lines, rows: Array(rest))
        }
        throw malformed(nil, bytes.isEmpty ? "the file is empty" : "there is no header")
    }

    private static func malformed(_ line: Int?, _ what: String) -> LoadRefusal {
        .rows([
            RowError(
                line: line.map { Int64($0) }, column: "", value: "", kind: .malformedFile,
                reason: what.hasSuffix("text") ? "\(what): save the file as UTF-8" : what)
        ])
    }
}
