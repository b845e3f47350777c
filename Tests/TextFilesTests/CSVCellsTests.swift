import Quantities
import TestSupport
import Testing
import TextFiles

@Suite struct `CSV cells` {
    private func line(_ cells: [String?], _ quoting: CSVQuoting) -> String {
        var bytes: [UInt8] = []
        bytes.append(csvLine: cells, quoting: quoting)
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test func `stand in quotes where they must, and a null is an empty cell`() {
        let cells = ["a", "", nil, "b,c", "\"", "x\ny", "x\ry", "é; '"]
        #expect(line(cells, .whereNeeded) == "a,,,\"b,c\",\"\"\"\",\"x\ny\",\"x\ry\",é; '\n")
        #expect(line(cells, .emptyTexts) == "a,\"\",,\"b,c\",\"\"\"\",\"x\ny\",\"x\ry\",é; '\n")
        #expect(line(["a", "", nil, "\""], .always) == "\"a\",\"\",,\"\"\"\"\n")
        #expect(line([nil], .always) == "\n" && line([], .whereNeeded) == "\n")
    }

    /// A quote with a combining accent is one character of Swift and two of every reader.
    @Test(arguments: [CSVQuoting.whereNeeded, .emptyTexts, .always])
    func `come back from the reader, whatever they hold`(_ quoting: CSVQuoting) throws {
        let texts = ["\"\u{301}", "a\"\u{301}b,c", "\r\n", "\"\"", "\\.", "# no comment", "\u{FEFF}mark", "日本", " "]
        var bytes: [UInt8] = []
        bytes.append(csvLine: ["text", "end"])
        for text in texts { bytes.append(csvLine: [text, "end"], quoting: quoting) }
        let records = try CSVRecords(bytes).records.dropFirst()
        #expect(records.map { Array($0.cells[0].utf8) } == texts.map { Array($0.utf8) })
        #expect(try StrictCSV.parse(Array(bytes.replacingLineFeeds)).count == texts.count + 1)
    }

    @Test(arguments: [
        ("=1", "'=1"), ("'=1", "''=1"), ("\t", "'\t"), ("\u{FF1D}1", "'\u{FF1D}1"), ("\u{FF1C}1", "\u{FF1C}1"),
        ("-", "'-"), ("'", "'"), ("'t Hooft", "'t Hooft"), ("a=1", "a=1"), ("", ""), ("+1,2", "\"'+1,2\""),
    ])
    func `that a spreadsheet would calculate get an apostrophe, which comes off again`(
        _ text: String, _ cell: String
    ) throws {
        var bytes: [UInt8] = []
        bytes.append(csv: text.utf8Span.span, neutralising: true)
        #expect(String(decoding: bytes, as: UTF8.self) == cell)
        let read = try CSVRecords(Array("h\n".utf8) + bytes + Array(",".utf8)).records[1].cells[0]
        #expect(CSVFormula.restored(read) == text)
    }
}

@Suite struct `Bytes of figures` {
    @Test(
        arguments: [
            (0, 0, "0"), (0, 2, "0.00"), (5, 2, "0.05"), (-5, 2, "-0.05"), (-240, 2, "-2.40"), (12_345, 1, "1234.5"),
            (Int128(Int64.min), 0, "-9223372036854775808"), (.min, 38, "-1.70141183460469231731687303715884105728"),
        ] as [(Int128, Int, String)])
    func `have exactly their decimals`(_ unscaled: Int128, _ scale: Int, _ text: String) {
        var bytes: [UInt8] = []
        bytes.append(unscaled: unscaled, scale: scale)
        bytes.append(BusinessDate(year: 1999, month: 2, day: 3))
        #expect(String(decoding: bytes, as: UTF8.self) == text + "1999-02-03")
    }
}

extension [UInt8] {
    /// CR LF for LF outside quotes, as StrictCSV wants it.
    fileprivate var replacingLineFeeds: [UInt8] {
        var isQuoted = false
        return flatMap { byte -> [UInt8] in
            if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
            return byte == 0x0A && !isQuoted ? [0x0D, 0x0A] : [byte]
        }
    }
}
