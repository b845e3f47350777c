import Quantities

/// The sum of one figure of one report in one currency.
package struct ControlTotal: Sendable, Hashable {
    package let report: String
    /// The member; nil for the house: what the house summary says of it, or the sum over members.
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

/// An exact sum that knows when it leaves 128 bits.
struct ExactSum {
    private(set) var unscaled: Int128 = 0
    private(set) var scale = 0

    var amount: ExactDecimal { ExactDecimal(mantissa: unscaled, scale: scale) }

    /// Adds `unscaled · 10^-scale`; false, and nothing added, when the sum leaves 128 bits.
    mutating func add(_ other: Int128, scale otherScale: Int) -> Bool {
        let common = max(scale, otherScale)
        let (left, leftTooLarge) = unscaled.multipliedReportingOverflow(by: PowersOfTen.int128(common - scale))
        let (right, rightTooLarge) = other.multipliedReportingOverflow(by: PowersOfTen.int128(common - otherScale))
        let (sum, tooLarge) = left.addingReportingOverflow(right)
        guard !leftTooLarge, !rightTooLarge, !tooLarge else { return false }
        unscaled = sum
        scale = common
        return true
    }
}

/// Adds up a report's totalled columns per currency, and per member, while its rows are written; exact.
///
/// The rows of a run's report that has a `member` column are added up by that column; an empty member is the house.
struct ReportTotals {
    private struct Sums {
        let member: String?
        let currency: CurrencyCode
        var figures: [ExactSum]
        var rowCount: Int64
    }

    private let layout: ReportLayout
    private let member: String?
    private let memberColumn: Int?
    private var sums: [Sums] = []
    private var latest = 0

    /// Totals of one report of `member`, or of the run.
    init(_ layout: ReportLayout, member: String?) {
        self.layout = layout
        self.member = member
        memberColumn = layout.audience == .run ? layout.columns.firstIndex { $0.name == "member" } : nil
    }

    /// Adds one row; nothing where the layout totals nothing.
    mutating func add(_ row: borrowing ReportRow) throws(ReportError) {
        guard let currencyColumn = layout.currencyColumn else { return }
        let text = try string(row, currencyColumn)
        guard let currency = CurrencyCode(text) else { throw .currencyIsMalformed(report: layout.name, text) }
        var member = member
        if let memberColumn {
            let code = try string(row, memberColumn)
            member = code.isEmpty ? nil : code
        }
        find(member, currency)
        sums[latest].rowCount += 1
        for (index, column) in layout.totalledColumns.enumerated() {
            guard case .decimal(let unscaled, let scale) = row.cells[column],
                sums[latest].figures[index].add(unscaled, scale: scale)
            else { throw .totalIsTooLarge(report: layout.name, column: layout.columns[column].name) }
        }
    }

    /// The totals in the order of member (the house first), currency and columns.
    func totals() -> [ControlTotal] {
        sums.sorted { ($0.member ?? "", $0.currency) < ($1.member ?? "", $1.currency) }.flatMap { sum in
            layout.totalledColumns.enumerated().map { index, column in
                ControlTotal(
                    report: layout.name, member: sum.member, figure: layout.columns[column].name,
                    currency: sum.currency, amount: sum.figures[index].amount, rowCount: sum.rowCount)
            }
        }
    }

    /// Makes `latest` the sums of this member and currency. Rows come in runs, and there are few sums: a scan will do.
    private mutating func find(_ member: String?, _ currency: CurrencyCode) {
        if sums.indices.contains(latest), sums[latest].currency == currency, sums[latest].member == member { return }
        if let index = sums.firstIndex(where: { $0.currency == currency && $0.member == member }) {
            latest = index
        } else {
            let zeros = [ExactSum](repeating: ExactSum(), count: layout.totalledColumns.count)
            latest = sums.count
            sums.append(Sums(member: member, currency: currency, figures: zeros, rowCount: 0))
        }
    }

    private func string(_ row: borrowing ReportRow, _ column: Int) throws(ReportError) -> String {
        guard case .text(let start, let end, _) = row.cells[column] else {
            throw .valueIsMissing(column: layout.columns[column].name)
        }
        return String(decoding: row.text[start..<end], as: UTF8.self)
    }
}
