/// The contract month of a series: the delivery month of a future, or of an option's underlying future.
///
/// It is the key that tells two expiries of a contract apart, and the only place that knows what such a key is made
/// of: how it is written, which come first, which lie between two others. Everything else reads, compares, sorts and
/// prints it through this type; queries do so through `margin.contract_month`, `margin.next_contract_month` and
/// `margin.is_within_months`. A month with a day of its own (`2024-03-15`) or a two-character code is added here and
/// there (docs/decisions/0035-contract-month-and-scales-in-one-place.md).
package struct ContractMonth: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// Months since year 0: `year · 12 + month − 1`; order is by maturity.
    private let monthNumber: Int32

    /// Reads `2025-08`, the form of every table, case and report; nil for anything else. The year is 1 … 9999.
    package init?(_ text: String) {
        guard text.utf8.count == 7, let date = BusinessDate(text + "-01") else { return nil }
        let civil = date.civil
        monthNumber = Int32(civil.year * 12 + civil.month - 1)
    }

    /// Reads `201902`, or `20190200`, the form of SPAN files; nil for anything else. A day or code of its own behind
    /// the month cannot be told apart: it is refused.
    package init?(spanText text: String) {
        let plain = text.utf8.count == 8 && text.hasSuffix("00") ? text.dropLast(2) : text[...]
        guard plain.utf8.count == 6 else { return nil }
        self.init("\(plain.prefix(4))-\(plain.dropFirst(4))")
    }

    /// `month` is 1 … 12.
    package init(year: Int, month: Int) {
        precondition((1...12).contains(month), "a month is 1 to 12")
        monthNumber = Int32(year * 12 + month - 1)
    }

    /// The month in which a day lies.
    package init(of day: BusinessDate) {
        let civil = day.civil
        self.init(year: civil.year, month: civil.month)
    }

    package var year: Int { Int(monthNumber) / 12 }
    /// 1 … 12.
    package var month: Int { Int(monthNumber) % 12 + 1 }

    /// The month `count` months later.
    package func adding(months count: Int) -> ContractMonth {
        let total = Int(monthNumber) + count
        return ContractMonth(year: total / 12, month: total % 12 + 1)
    }

    /// The month's first day.
    package var firstDay: BusinessDate { BusinessDate(year: year, month: month, day: 1) }

    /// Whether it lies in the span of months from `first` to `last`, both included: tiers and ranges say which months
    /// they hold for in this way.
    package func isWithin(_ first: ContractMonth, _ last: ContractMonth) -> Bool { first <= self && self <= last }

    /// By maturity. The database orders the text as this does: by its bytes.
    package static func < (left: Self, right: Self) -> Bool { left.monthNumber < right.monthNumber }

    /// `2025-08`.
    package var description: String { String(firstDay.description.prefix(7)) }

    /// `202508`, as SPAN files write it.
    package var spanText: String { description.filter { $0 != "-" } }
}
