import Digests
import Operations
import Storage
import Testing

/// A file's bytes cut into header and rows.
@Suite struct InputFileTests {
    private func file(_ bytes: [UInt8]) throws -> InputFile {
        try CSVImporter.inputFile("position", source: "p.csv", bytes)
    }

    private func file(_ text: String) throws -> InputFile { try file(Array(text.utf8)) }

    /// Line and reason of the only fault.
    private func fault(_ bytes: [UInt8]) throws -> String {
        do {
            _ = try file(bytes)
            return ""
        } catch LoadRefusal.rows(let errors) {
            let error = try #require(errors.first)
            #expect(errors.count == 1 && error.kind == .malformedFile)
            return "\(error.line.map { "\($0): " } ?? "")\(error.reason)"
        }
    }

    @Test(arguments: [
        ("a,b\n1,2\n", 1, "1,2\n"), ("a,b\r\n1,2\r\n", 1, "1,2\r\n"), ("a,b\r1,2\r", 1, "1,2\r"),
        ("\u{FEFF}a,b\n1,2\n", 1, "1,2\n"), ("# note, with a comma\n\n   # another\na,b\n1,2\n", 4, "1,2\n"),
        (" \"a\" , \"b\"\n1,2\n", 1, "1,2\n"), ("a,b", 1, ""), ("a,b\n", 1, ""),
        // Below the header nothing is skipped or changed.
        ("a,b\n# 1,2\n\n", 1, "# 1,2\n\n"), ("\r\n\r\na,b\r\n1,2", 3, "1,2"),
    ])
    func `the header is found whatever stands above it and ends its line`(
        text: String, headerLines: Int, rows: String
    ) throws {
        let found = try file(text)
        #expect(found.columns == ["a", "b"])
        #expect(found.headerLines == headerLines)
        #expect(String(decoding: found.rows, as: UTF8.self) == rows)
        #expect(found.table == "position" && found.source == "p.csv")
        #expect(try found.sha256 == SHA256Digest(of: text).bytes)
    }

    @Test func `empty cells of a header are kept for the loader to refuse`() throws {
        #expect(try file("a,,b,\n").columns == ["a", "", "b", ""])
        #expect(try file("a;b\n").columns == ["a;b"])
    }

    @Test func `bytes that are no UTF-8 text are refused by their line, rows are left to the database`() throws {
        #expect(try fault([]) == "the file is empty")
        #expect(try fault(Array("# only notes\n\n".utf8)) == "there is no header")
        #expect(try fault([0x61, 0x2C, 0xE9, 0x0A]) == "1: it is not UTF-8 text: save the file as UTF-8")
        #expect(try fault(Array("# note\n".utf8) + [0xE9]) == "2: it is not UTF-8 text: save the file as UTF-8")
        for mark in [[0xFF, 0xFE], [0xFE, 0xFF], [0x61, 0x00, 0x2C]] as [[UInt8]] {
            #expect(try fault(mark + [0x61, 0x00]) == "1: it is UTF-16 text: save the file as UTF-8")
        }
        #expect(try file(Array("a,b\n".utf8) + [0xE9]).rows == [0xE9])
    }
}
