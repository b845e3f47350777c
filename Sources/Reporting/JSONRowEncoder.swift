import TextFiles

/// Rows as one JSON document: `{"header":{…},"columns":["…", …],"rows":[["…", …], …]}`, one row a line.
///
/// The names of the columns are said once; a row is an array of its cells in their order, which is that of the CSV.
/// Decimals are strings with all their digits; integers are numbers; a list of decimals is an array of strings. Nothing
/// in the document tells the time, so that equal results are equal bytes.
struct JSONRowEncoder {
    private let columns: [ReportColumn]

    init(_ layout: ReportLayout) { columns = layout.columns }

    /// All that stands before the first row.
    func appendStart(header: JSONValue, to output: inout [UInt8]) {
        output.append(contentsOf: "{\"header\":".utf8)
        header.append(to: &output)
        output.append(contentsOf: ",\"columns\":".utf8)
        JSONValue.array(columns.map { .text($0.name) }).append(to: &output)
        output.append(contentsOf: ",\"rows\":[".utf8)
    }

    /// One row, after `count` others, from the row and its line of CSV: `csv` from `start`, with where each cell ends.
    ///
    /// Numbers, dates and plain texts are spelled alike in both and are not spelled twice.
    func append(
        _ row: borrowing ReportRow, spelled csv: borrowing [UInt8], from start: Int, ends: borrowing [Int],
        after count: Int, to output: inout [UInt8]
    ) {
        if count > 0 { output.append(comma) }
        output.append(lineFeed)
        var cellStart = start
        for index in row.cells.indices {
            output.append(index == 0 ? bracket : comma)
            let end = ends[index]
            switch row.cells[index] {
            case .text(_, _, isPlain: true), .decimal, .date: output.append(quoted: csv, from: cellStart, to: end)
            case .integer, .flag: output.append(csv, from: cellStart, to: end)
            default: append(row, index, to: &output)
            }
            cellStart = end + 1
        }
        output.append(UInt8(ascii: "]"))
    }

    /// All that stands behind the last row.
    func appendEnd(to output: inout [UInt8]) {
        output.append(contentsOf: "\n]}\n".utf8)
    }

    /// A cell that CSV spells differently.
    private func append(_ row: borrowing ReportRow, _ index: Int, to output: inout [UInt8]) {
        switch row.cells[index] {
        case .text(let start, let end, _):
            output.append(quote)
            JSONText.appendEscaped(row.text.span.extracting(start..<end), to: &output)
            output.append(quote)
        case .object(let start, let end): output.append(row.text, from: start, to: end)
        case .decimals(let start, let end, let scale):
            output.append(bracket)
            for position in start..<end {
                if position > start { output.append(comma) }
                output.append(quote)
                output.append(unscaled: Int128(row.values[position]), scale: scale)
                output.append(quote)
            }
            output.append(UInt8(ascii: "]"))
        case .null, .integer, .decimal, .date, .flag: output.append(contentsOf: nullBytes)
        }
    }
}

private let quote = UInt8(ascii: "\"")
private let comma = UInt8(ascii: ",")
private let bracket = UInt8(ascii: "[")
private let lineFeed: UInt8 = 0x0A
