import Quantities

/// The sum of one figure of one report in one currency.
package struct ControlTotal: Sendable, Hashable {
    package let report: String
    /// Nil for the sum over all members.
    package let member: String?
    /// The column's name.
    package let figure: String
    package let currency: CurrencyCode
    package let amount: ExactDecimal
    /// The rows that were added.
    package let rowCount: Int64

    package init(
        report: String, member: String?, figure: String, currency: CurrencyCode, amount: ExactDecimal, rowCount: Int64
    ) {
        self.report = report
        self.member = member
        self.figure = figure
        self.currency = currency
        self.amount = amount
        self.rowCount = rowCount
    }
}

/// Adds up a report's totalled columns per currency while its rows are written; exact.
struct ReportTotals {
    private struct Sum {
        let currency: CurrencyCode
        var amounts: [(unscaled: Int128, scale: Int)]
        var rowCount: Int64
    }

    private let layout: ReportLayout
    private var sums: [Sum] = []

    init(_ layout: ReportLayout) { self.layout = layout }

    /// Adds one row; nothing where the layout totals nothing.
    mutating func add(_ row: borrowing ReportRow) throws(ReportError) {
        guard let currencyColumn = layout.currencyColumn else { return }
        guard case .text(let start, let end, _) = row.cells[currencyColumn] else {
            throw .valueIsMissing(column: layout.columns[currencyColumn].name)
        }
        let text = String(decoding: row.text[start..<end], as: UTF8.self)
        guard let currency = CurrencyCode(text) else { throw .currencyIsMalformed(report: layout.name, text) }
        let place = place(of: currency)
        sums[place].rowCount += 1
        for (index, column) in layout.totalledColumns.enumerated() {
            guard case .decimal(let unscaled, let scale) = row.cells[column],
                let sum = Self.add(sums[place].amounts[index], (unscaled, scale))
            else { throw .totalIsTooLarge(report: layout.name, column: layout.columns[column].name) }
            sums[place].amounts[index] = sum
        }
    }

    /// The totals, by currency and then in the order of the columns.
    func totals(of member: String?) -> [ControlTotal] {
        sums.sorted { $0.currency < $1.currency }.flatMap { sum in
            layout.totalledColumns.enumerated().map { index, column in
                ControlTotal(
                    report: layout.name, member: member, figure: layout.columns[column].name, currency: sum.currency,
                    amount: ExactDecimal(mantissa: sum.amounts[index].unscaled, scale: sum.amounts[index].scale),
                    rowCount: sum.rowCount)
            }
        }
    }

    /// A run has few currencies: a scan beats hashing.
    private mutating func place(of currency: CurrencyCode) -> Int {
        if let place = sums.firstIndex(where: { $0.currency == currency }) { return place }
        let zeros = Array(repeating: (unscaled: Int128(0), scale: 0), count: layout.totalledColumns.count)
        sums.append(Sum(currency: currency, amounts: zeros, rowCount: 0))
        return sums.count - 1
    }

    /// The sum at the larger scale; nil when it leaves 128 bits.
    static func add(
        _ left: (unscaled: Int128, scale: Int), _ right: (unscaled: Int128, scale: Int)
    ) -> (unscaled: Int128, scale: Int)? {
        let scale = max(left.scale, right.scale)
        let (l, leftTooLarge) = left.unscaled.multipliedReportingOverflow(by: PowersOfTen.int128(scale - left.scale))
        let (r, rightTooLarge) = right.unscaled.multipliedReportingOverflow(
            by: PowersOfTen.int128(scale - right.scale))
        let (sum, tooLarge) = l.addingReportingOverflow(r)
        return leftTooLarge || rightTooLarge || tooLarge ? nil : (sum, scale)
    }
}
