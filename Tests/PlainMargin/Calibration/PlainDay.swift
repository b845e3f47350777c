/// A day of the civil calendar, counted from 1 January of the year 1.
package struct PlainDay: Hashable, Comparable, Sendable, CustomStringConvertible {
    package let number: Int

    package init(number: Int) { self.number = number }

    package init(_ year: Int, _ month: Int, _ day: Int) {
        var days = 0
        for past in 1..<year { days += Self.isLeap(past) ? 366 : 365 }
        for past in 1..<month { days += Self.length(of: past, in: year) }
        number = days + day - 1
    }

    /// Year, month, day.
    package var civil: (Int, Int, Int) {
        var (rest, year, month) = (number, 1, 1)
        while rest >= (Self.isLeap(year) ? 366 : 365) {
            rest -= Self.isLeap(year) ? 366 : 365
            year += 1
        }
        while rest >= Self.length(of: month, in: year) {
            rest -= Self.length(of: month, in: year)
            month += 1
        }
        return (year, month, rest + 1)
    }

    /// The same month and day so many years before; of 29 February the 28th.
    func yearsBefore(_ count: Int) -> PlainDay {
        let (year, month, day) = civil
        return PlainDay(year - count, month, month == 2 && day == 29 ? 28 : day)
    }

    private static func isLeap(_ year: Int) -> Bool {
        year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    }

    private static func length(of month: Int, in year: Int) -> Int {
        switch month {
        case 2: isLeap(year) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    package static func < (left: Self, right: Self) -> Bool { left.number < right.number }

    /// `2024-02-29`.
    package var description: String {
        let (year, month, day) = civil
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return "\(year)-\(two(month))-\(two(day))"
    }
}
