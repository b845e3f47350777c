import TextFiles

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
        members = order.enumerated().map { index, column in
            var lead = Array(index == 0 ? "{".utf8 : ",".utf8)
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

private let quote = UInt8(ascii: "\"")
