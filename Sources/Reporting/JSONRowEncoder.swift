/// Rows as one JSON document: `{"header":{…},"rows":[{…},…]}`, keys sorted by their bytes, one row a line.
///
/// Decimals are strings with all their digits; integers are numbers; a list of decimals is an array of strings. Nothing
/// in the document tells the time, so that equal results are equal bytes.
struct JSONRowEncoder {
    /// The columns in the order of their names, each with the bytes in front of its value.
    private let members: [(column: Int, lead: [UInt8])]

    init(_ layout: ReportLayout) {
        let order = layout.columns.indices.sorted {
            layout.columns[$0].name.utf8.lexicographicallyPrecedes(layout.columns[$1].name.utf8)
        }
        members = order.enumerated().map { place, column in
            var lead = Array(place == 0 ? "{".utf8 : ",".utf8)
            JSONText.append(layout.columns[column].name, to: &lead)
            lead.append(UInt8(ascii: ":"))
            return (column, lead)
        }
    }

    /// All that stands before the first row.
    func appendStart(header: JSONValue, to output: inout [UInt8]) {
        output.append(contentsOf: "{\"header\":".utf8)
        header.append(to: &output)
        output.append(contentsOf: ",\"rows\":[".utf8)
    }

    /// One row, after `count` others.
    func append(_ row: borrowing ReportRow, after count: Int, to output: inout [UInt8]) {
        if count > 0 { output.append(UInt8(ascii: ",")) }
        output.append(UInt8(ascii: "\n"))
        for index in members.indices {
            output.append(members[index].lead, from: 0, to: members[index].lead.count)
            append(row, members[index].column, to: &output)
        }
        output.append(UInt8(ascii: "}"))
    }

    /// All that stands behind the last row.
    func appendEnd(to output: inout [UInt8]) {
        output.append(contentsOf: "\n]}\n".utf8)
    }

    private func append(_ row: borrowing ReportRow, _ index: Int, to output: inout [UInt8]) {
        switch row.cells[index] {
        case .null: output.append(contentsOf: nullBytes)
        case .text(let start, let end, let isPlain):
            output.append(quote)
            if isPlain {
                output.append(row.text, from: start, to: end)
            } else {
                JSONText.appendEscaped(row.text.span.extracting(start..<end), to: &output)
            }
            output.append(quote)
        case .object(let start, let end): output.append(row.text, from: start, to: end)
        case .integer(let value): output.append(unscaled: Int128(value), scale: 0)
        case .decimal(let unscaled, let scale): appendQuoted(unscaled, scale, to: &output)
        case .date(let date):
            output.append(quote)
            output.append(date)
            output.append(quote)
        case .flag(let flag): output.append(contentsOf: flag ? trueBytes : falseBytes)
        case .decimals(let start, let end, let scale):
            output.append(UInt8(ascii: "["))
            for position in start..<end {
                if position > start { output.append(UInt8(ascii: ",")) }
                appendQuoted(Int128(row.values[position]), scale, to: &output)
            }
            output.append(UInt8(ascii: "]"))
        }
    }

    private func appendQuoted(_ unscaled: Int128, _ scale: Int, to output: inout [UInt8]) {
        output.append(quote)
        output.append(unscaled: unscaled, scale: scale)
        output.append(quote)
    }
}

/// JSON strings.
enum JSONText {
    /// A text in quotes.
    static func append(_ text: String, to output: inout [UInt8]) {
        output.append(quote)
        appendEscaped(Array(text.utf8).span, to: &output)
        output.append(quote)
    }

    /// The inside of a string: quote, backslash and control characters are escaped; so are U+2028 and U+2029, which
    /// end a line in older JavaScript, and U+FEFF, which some readers take for a mark and drop. Everything else stays
    /// as it is. The bytes must be valid UTF-8.
    static func appendEscaped(_ text: Span<UInt8>, to output: inout [UInt8]) {
        var index = 0
        while index < text.count {
            let byte = text[index]
            if byte == quote || byte == UInt8(ascii: "\\") {
                output.append(UInt8(ascii: "\\"))
                output.append(byte)
            } else if byte < 0x20 || byte == 0x7F {
                appendEscape(UInt16(byte), to: &output)
            } else if byte == 0xE2, index + 2 < text.count, text[index + 1] == 0x80, text[index + 2] & 0xFE == 0xA8 {
                appendEscape(0x2000 | UInt16(text[index + 2] & 0x3F), to: &output)
                index += 2
            } else if byte == 0xEF, index + 2 < text.count, text[index + 1] == 0xBB, text[index + 2] == 0xBF {
                appendEscape(0xFEFF, to: &output)
                index += 2
            } else {
                output.append(byte)
            }
            index += 1
        }
    }

    private static func appendEscape(_ unit: UInt16, to output: inout [UInt8]) {
        output.append(UInt8(ascii: "\\"))
        switch unit {
        case 0x08: output.append(UInt8(ascii: "b"))
        case 0x09: output.append(UInt8(ascii: "t"))
        case 0x0A: output.append(UInt8(ascii: "n"))
        case 0x0C: output.append(UInt8(ascii: "f"))
        case 0x0D: output.append(UInt8(ascii: "r"))
        default:
            output.append(UInt8(ascii: "u"))
            var shift = 12
            while shift >= 0 {
                let nibble = UInt8(truncatingIfNeeded: unit >> UInt16(shift)) & 15
                output.append(nibble < 10 ? UInt8(ascii: "0") + nibble : UInt8(ascii: "a") + nibble - 10)
                shift -= 4
            }
        }
    }
}

private let quote = UInt8(ascii: "\"")
