/// How the data of a report can break its contract; what the disk refuses is a `FileError`.
package enum ReportError: Error, Equatable {
    /// A text cell holds NUL.
    case textHoldsNUL(column: String)
    /// A text cell is not valid UTF-8.
    case textIsNotUTF8(column: String)
    /// A cell is null in a column that is never null.
    case valueIsMissing(column: String)
    /// A member's code cannot be part of a file name.
    case memberIsNoFileName(String)
    /// A member's rows do not stand together in ascending order.
    case membersAreOutOfOrder(report: String, member: String)
    /// A currency cell of a totalled report is not three capital letters.
    case currencyIsMalformed(report: String, String)
    /// The sum of a column leaves 128 bits.
    case totalIsTooLarge(report: String, column: String)
}

extension ReportError: CustomStringConvertible {
    /// Lower case, no full stop: what, where, which value.
    package var description: String {
        switch self {
        case .textHoldsNUL(let column): "a text of column \(column) holds NUL"
        case .textIsNotUTF8(let column): "a text of column \(column) is not valid utf-8"
        case .valueIsMissing(let column): "column \(column) is null and never may be"
        case .memberIsNoFileName(let member): "member \(member.debugDescription) cannot be part of a file name"
        case .membersAreOutOfOrder(let report, let member):
            "rows of report \(report) are not in the order of members at \(member.debugDescription)"
        case .currencyIsMalformed(let report, let text):
            "report \(report) has \(text.debugDescription) for a currency"
        case .totalIsTooLarge(let report, let column): "the total of \(column) in report \(report) leaves 128 bits"
        }
    }
}
