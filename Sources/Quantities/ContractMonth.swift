/// The delivery month of a future, or of an option's underlying future, as year and month.
package struct ContractMonth: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// Months since year 0: `year · 12 + month − 1`; order is by maturity.
    package let monthNumber: Int32

    /// Reads `2025-08`; nil for anything else.
    package init?(_ text: String) {
        guard text.utf8.count == 7, let date = BusinessDate(text + "-01") else { return nil }
        let civil = date.civil
        monthNumber = Int32(civil.year * 12 + civil.month - 1)
    }

    /// `month` is 1 … 12.
    package init(year: Int, month: Int) {
        precondition((1...12).contains(month), "a month is 1 to 12")
        monthNumber = Int32(year * 12 + month - 1)
    }

    /// The month `count` months later.
    package func adding(months count: Int) -> ContractMonth {
        let total = Int(monthNumber) + count
        return ContractMonth(year: total / 12, month: total % 12 + 1)
    }

    /// The month's first day.
    package var firstDay: BusinessDate {
        BusinessDate(year: Int(monthNumber) / 12, month: Int(monthNumber) % 12 + 1, day: 1)
    }

    package static func < (left: Self, right: Self) -> Bool { left.monthNumber < right.monthNumber }

    /// `2025-08`.
    package var description: String { String(firstDay.description.prefix(7)) }
}
