/// Why bytes are not read as CSV, by the line; whoever reads a file says which file it is.
package struct CSVFault: Error, Hashable, Sendable, CustomStringConvertible {
    /// What is wrong, lower case, no full stop.
    package enum Reason: String, Sendable {
        case byteZero = "it has a byte 0"
        case quoteInsideCell = "a quote inside a cell without quotes"
        case otherLineEnd = "it does not end as the lines above do"
        case openQuote = "a quote is opened and never closed"
        case notUTF8 = "it is not UTF-8 text"
        case wideText = "it is UTF-16 text"
        case noBytes = "the file is empty"
        case noHeader = "there is no header"
    }

    /// The file's first line is 1; nil where it is about the whole file.
    package let line: Int?
    package let reason: Reason

    /// What to do, where there is more to say than to mend the line.
    package var hint: String? {
        switch reason {
        case .otherLineEnd: "end every line with LF, or every line with CR LF"
        case .notUTF8, .wideText: "save the file as UTF-8"
        case .byteZero, .quoteInsideCell, .openQuote, .noBytes, .noHeader: nil
        }
    }

    /// `line 3: a quote is opened and never closed`.
    package var description: String { (line.map { "line \($0): " } ?? "") + reason.rawValue }
}
