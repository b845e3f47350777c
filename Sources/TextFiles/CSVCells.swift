/// Which cells of CSV stand in quotes, and how the empty text is told from a null.
package enum CSVQuoting: Sendable {
    /// Where RFC 4180 asks for it: a comma, a quote, a line end. The empty text is an empty cell, as a null is.
    case whereNeeded
    /// Where RFC 4180 asks for it, and the empty text: it is `""`, which the server's COPY tells from an empty
    /// cell, a null.
    case emptyTexts
    /// Every text, the empty one too.
    case always
}

/// Cells of CSV (RFC 4180), seen byte by byte as a reader does: a quote followed by a combining accent is still a
/// quote.
extension [UInt8] {
    /// Appends a text as one cell; `neutralising` it puts an apostrophe in front of what a spreadsheet would calculate.
    package mutating func append(
        csv text: Span<UInt8>, quoting: CSVQuoting = .whereNeeded, neutralising: Bool = false
    ) {
        var isQuoted =
            switch quoting {
            case .whereNeeded: false
            case .emptyTexts: text.isEmpty
            case .always: true
            }
        for index in text.indices {
            let byte = text[index]
            isQuoted = isQuoted || byte == quote || byte == comma || byte == 0x0D || byte == 0x0A
        }
        if isQuoted { append(quote) }
        if neutralising, CSVFormula.begins(text) { append(apostrophe) }
        for index in text.indices {
            let byte = text[index]
            if byte == quote { append(quote) }
            append(byte)
        }
        if isQuoted { append(quote) }
    }

    /// Appends a text as one cell.
    package mutating func append(csv text: String, quoting: CSVQuoting = .whereNeeded) {
        append(csv: text.utf8Span.span, quoting: quoting)
    }

    /// Appends a line that ends with LF; a cell that is nil is empty.
    package mutating func append(csvLine cells: [String?], quoting: CSVQuoting = .whereNeeded) {
        for (position, cell) in cells.enumerated() {
            if position > 0 { append(comma) }
            if let cell { append(csv: cell, quoting: quoting) }
        }
        append(0x0A)
    }
}

/// Texts that a spreadsheet would take for a formula: those whose first character behind any apostrophes is `=`, `+`,
/// `-`, `@`, TAB, CR, LF or the full-width form of one of the four signs.
///
/// A neutralised text has one apostrophe more in front; a reader takes one off exactly such cells and has it back.
package enum CSVFormula {
    static func begins(_ text: Span<UInt8>) -> Bool {
        var start = 0
        while start < text.count, text[start] == apostrophe { start += 1 }
        guard start < text.count else { return false }
        switch text[start] {
        case UInt8(ascii: "="), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "@"), 0x09, 0x0A, 0x0D: return true
        case 0xEF:
            // U+FF0B, U+FF0D, U+FF1D, U+FF20 in UTF-8.
            guard start + 2 < text.count, text[start + 1] == 0xBC else { return false }
            return [0x8B, 0x8D, 0x9D, 0xA0].contains(text[start + 2])
        default: return false
        }
    }

    /// The text that a cell had before it was neutralised.
    package static func restored(_ cell: String) -> String {
        guard cell.utf8.first == apostrophe, begins(cell.utf8Span.span) else { return cell }
        return String(decoding: cell.utf8.dropFirst(), as: UTF8.self)
    }
}

private let comma = UInt8(ascii: ",")
private let quote = UInt8(ascii: "\"")
private let apostrophe = UInt8(ascii: "'")
