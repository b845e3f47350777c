/// Rows as CSV (RFC 4180): UTF-8, CRLF, one header line, no locale, no byte order mark.
///
/// A text cell that a spreadsheet would take for a formula gets an apostrophe in front: a text whose first character
/// behind any apostrophes is `=`, `+`, `-`, `@`, TAB, CR, LF or the full-width form of one of the four signs. A
/// reader takes one apostrophe off exactly such cells and has the text back. Numbers and dates are never neutralised.
/// All of it works on bytes: a quote followed by a combining accent is still a quote. Null and the empty text are
/// both an empty cell.
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

    /// One line. Returns where in `output` its content columns end, before the run columns.
    func append(_ row: borrowing ReportRow, to output: inout [UInt8]) -> Int {
        var contentEnd = output.count
        for index in layout.columns.indices {
            if index == layout.contentColumnCount { contentEnd = output.count }
            if index > 0 { output.append(comma) }
            append(row, index, to: &output)
        }
        if layout.contentColumnCount == layout.columns.count { contentEnd = output.count }
        appendLineEnd(to: &output)
        return contentEnd
    }

    private func append(_ row: borrowing ReportRow, _ index: Int, to output: inout [UInt8]) {
        switch row.cells[index] {
        case .null: break
        case .text(let start, let end, let isPlain):
            if isPlain {
                output.append(row.text, from: start, to: end)
            } else {
                appendText(row.text.span.extracting(start..<end), to: &output)
            }
        case .object(let start, let end): appendText(row.text.span.extracting(start..<end), to: &output)
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

    private func appendText(_ text: Span<UInt8>, to output: inout [UInt8]) {
        var mustQuote = false
        for index in text.indices {
            let byte = text[index]
            mustQuote = mustQuote || byte == quote || byte == comma || byte == carriageReturn || byte == lineFeed
        }
        if mustQuote { output.append(quote) }
        if isFormula(text) { output.append(apostrophe) }
        for index in text.indices {
            let byte = text[index]
            if byte == quote { output.append(quote) }
            output.append(byte)
        }
        if mustQuote { output.append(quote) }
    }

    /// Whether the text begins, behind any apostrophes, with a sign that makes a spreadsheet calculate.
    private func isFormula(_ text: Span<UInt8>) -> Bool {
        var start = 0
        while start < text.count, text[start] == apostrophe { start += 1 }
        guard start < text.count else { return false }
        switch text[start] {
        case UInt8(ascii: "="), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "@"), 0x09, carriageReturn, lineFeed:
            return true
        case 0xEF:
            // U+FF0B, U+FF0D, U+FF1D, U+FF20 in UTF-8.
            guard start + 2 < text.count, text[start + 1] == 0xBC else { return false }
            return [0x8B, 0x8D, 0x9D, 0xA0].contains(text[start + 2])
        default: return false
        }
    }

    private func appendLineEnd(to output: inout [UInt8]) {
        output.append(carriageReturn)
        output.append(lineFeed)
    }
}

private let comma = UInt8(ascii: ",")
private let quote = UInt8(ascii: "\"")
private let apostrophe = UInt8(ascii: "'")
private let carriageReturn: UInt8 = 0x0D
private let lineFeed: UInt8 = 0x0A
let trueBytes = Array("true".utf8)
let falseBytes = Array("false".utf8)
let nullBytes = Array("null".utf8)
