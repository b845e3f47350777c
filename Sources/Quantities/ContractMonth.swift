/// The contract month of a series: the delivery month of a future, or of an option's underlying future.
///
/// It is the key that tells two expiries of a contract apart, and the only place that knows what such a key is made
/// of: how it is written, which come first, which lie between two others. Everything else reads, compares, sorts and
/// prints it through this type; queries do so through `margin.contract_month`, `margin.next_contract_month` and
/// `margin.is_within_months`. Several expiries of one month are told apart by two characters, a day of the month or a
/// code (docs/decisions/0035-contract-month-and-scales-in-one-place.md, 0050-the-exchange-file-as-it-is.md).
package struct ContractMonth: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// Months since year 0: `year · 12 + month − 1`; order is by maturity.
    private let monthNumber: Int32
    /// Two capital letters or digits, 256 · the first + the second; 0 for none.
    private let code: UInt16

    /// Reads `2025-08`, or with a code of its own `2025-08-S1`, the form of every table, case and report; nil for
    /// anything else. The year is 1 … 9999; a code is two capital letters or digits, not `00`.
    package init?(_ text: String) {
        guard let date = BusinessDate(String(text.prefix(7)) + "-01"), text.utf8.count == 7 || text.utf8.count == 10
        else { return nil }
        let civil = date.civil
        monthNumber = Int32(civil.year * 12 + civil.month - 1)
        guard text.utf8.count == 10 else {
            code = 0
            return
        }
        let tail = Array(text.utf8.dropFirst(7))
        guard tail[0] == UInt8(ascii: "-"), let code = Self.code(tail[1], tail[2]) else { return nil }
        self.code = code
    }

    /// Reads `201902`, `20190200`, or with a code of its own `201902S1`, the form of SPAN files; nil for anything
    /// else.
    package init?(spanText text: String) {
        guard text.utf8.allSatisfy({ $0 < 0x80 }), text.utf8.count == 6 || text.utf8.count == 8 else { return nil }
        let code = text.dropFirst(6)
        let month = "\(text.prefix(4))-\(text.dropFirst(4).prefix(2))"
        self.init(code.isEmpty || code == "00" ? month : "\(month)-\(code)")
    }

    private static func code(_ first: UInt8, _ second: UInt8) -> UInt16? {
        func isAllowed(_ byte: UInt8) -> Bool {
            (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
                || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
        }
        guard isAllowed(first), isAllowed(second), first != UInt8(ascii: "0") || second != UInt8(ascii: "0") else {
            return nil
        }
        return UInt16(first) * 256 + UInt16(second)
    }

    /// `month` is 1 … 12.
    package init(year: Int, month: Int) {
        precondition((1...12).contains(month), "a month is 1 to 12")
        monthNumber = Int32(year * 12 + month - 1)
        code = 0
    }

    /// The month in which a day lies.
    package init(of day: BusinessDate) {
        let civil = day.civil
        self.init(year: civil.year, month: civil.month)
    }

    package var year: Int { Int(monthNumber) / 12 }
    /// 1 … 12.
    package var month: Int { Int(monthNumber) % 12 + 1 }

    /// The month `count` months later, without a code of its own.
    package func adding(months count: Int) -> ContractMonth {
        let total = Int(monthNumber) + count
        return ContractMonth(year: total / 12, month: total % 12 + 1)
    }

    /// The month's first day.
    package var firstDay: BusinessDate { BusinessDate(year: year, month: month, day: 1) }

    /// Whether it lies in the span of months from `first` to `last`, both included: tiers and ranges say which months
    /// they hold for in this way. A span that ends in a month without a code holds every code of that month.
    package func isWithin(_ first: ContractMonth, _ last: ContractMonth) -> Bool {
        first <= self && (self <= last || (last.code == 0 && last.monthNumber == monthNumber))
    }

    /// By maturity: a month, then its codes in the order of their bytes. The database orders the text as this does: by
    /// its bytes.
    package static func < (left: Self, right: Self) -> Bool {
        (left.monthNumber, left.code) < (right.monthNumber, right.code)
    }

    /// `2025-08`, or `2025-08-S1`.
    package var description: String {
        let month = String(firstDay.description.prefix(7))
        guard code != 0 else { return month }
        return month + "-" + String(decoding: [UInt8(code >> 8), UInt8(code & 0xFF)], as: UTF8.self)
    }

    /// `202508`, or `202508S1`, as SPAN files write it.
    package var spanText: String { description.filter { $0 != "-" } }
}
