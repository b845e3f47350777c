import Quantities

/// The same sums over all members; the order is report, figure, currency.
func sumOverMembers(_ totals: [ControlTotal]) throws(ReportError) -> [ControlTotal] {
    var sums: [FigureKey: (amount: (unscaled: Int128, scale: Int), rowCount: Int64)] = [:]
    for total in totals {
        let key = FigureKey(report: total.report, figure: total.figure, currency: total.currency)
        let sum = sums[key] ?? ((0, 0), 0)
        guard let amount = ReportTotals.add(sum.amount, (total.amount.mantissa, total.amount.scale)) else {
            throw .totalIsTooLarge(report: total.report, column: total.figure)
        }
        sums[key] = (amount, sum.rowCount + total.rowCount)
    }
    return sums.sorted { $0.key < $1.key }.map { key, sum in
        ControlTotal(
            report: key.report, member: nil, figure: key.figure, currency: key.currency,
            amount: ExactDecimal(mantissa: sum.amount.unscaled, scale: sum.amount.scale), rowCount: sum.rowCount)
    }
}

private struct FigureKey: Hashable, Comparable {
    let report: String
    let figure: String
    let currency: CurrencyCode

    static func < (left: Self, right: Self) -> Bool {
        (left.report, left.figure, left.currency) < (right.report, right.figure, right.currency)
    }
}
