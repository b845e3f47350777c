import TextFiles

/// Rows as CSV (RFC 4180): UTF-8, CRLF, one header line, no locale, no byte order mark.
///
/// A text cell that a spreadsheet would take for a formula is neutralised (`CSVFormula`); numbers and dates never are.
/// Null and the empty text are both an empty cell.
struct CSVRowEncoder {
    private let layout: ReportLayout

    init(_ layout: ReportLayout) { self.layout = layout }

    /// The line with the columns' names; a list of decimals has one column a value: `name_1`, `name_2`, …
    func appendHeader(to output: inout [UInt8]) {
        var isFirst = true
        func separate() {
            if !isFirst { output.append(comma) }
            isFirst = false
        }
        for column in layout.columns {
            guard case .decimals(let count) = column.kind else {
                separate()
                output.append(contentsOf: column.name.utf8)
                continue
            }
            for number in 0..<count {
                separate()
                output.append(contentsOf: "\(column.name)_\(number + 1)".utf8)
            }
        }
        appendLineEnd(to: &output)
    }

    /// One line. `ends` gets where in `output` each cell ends, one byte before the next begins.
    func append(_ row: borrowing ReportRow, to output: inout [UInt8], ends: inout [Int]) {
        ends.removeAll(keepingCapacity: true)
        for index in row.cells.indices {
            if index > 0 { output.append(comma) }
            append(row, index, to: &output)
            ends.append(output.count)
        }
        appendLineEnd(to: &output)
    }

    private func append(_ row: borrowing ReportRow, _ index: Int, to output: inout [UInt8]) {
        switch row.cells[index] {
        case .null: break
        case .text(let start, let end, let isPlain):
            if isPlain {
                output.append(row.text, from: start, to: end)
            } else {
                output.append(csv: row.text.span.extracting(start..<end), neutralising: true)
            }
        case .object(let start, let end): output.append(csv: row.text.span.extracting(start..<end), neutralising: true)
        case .integer(let value): output.append(unscaled: Int128(value), scale: 0)
        case .decimal(let unscaled, let scale): output.append(unscaled: unscaled, scale: scale)
        case .date(let date): output.append(date)
        case .flag(let flag): output.append(contentsOf: flag ? trueBytes : falseBytes)
        case .decimals(let start, let end, let scale):
            for position in start..<end {
                if position > start { output.append(comma) }
                output.append(unscaled: Int128(row.values[position]), scale: scale)
            }
            if case .decimals(let count) = layout.columns[index].kind {
                for _ in max(1, end - start)..<count { output.append(comma) }
            }
        }
    }

    private func appendLineEnd(to output: inout [UInt8]) {
        output.append(carriageReturn)
        output.append(lineFeed)
    }
}

private let comma = UInt8(ascii: ",")
private let carriageReturn: UInt8 = 0x0D
private let lineFeed: UInt8 = 0x0A
let trueBytes = Array("true".utf8)
let falseBytes = Array("false".utf8)
let nullBytes = Array("null".utf8)
