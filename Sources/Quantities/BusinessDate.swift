/// A calendar day, counted as PostgreSQL counts it: days since 2000-01-01, proleptic Gregorian.
package struct BusinessDate: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// Days since 2000-01-01; earlier days are negative.
    package let dayNumber: Int32

    package init(dayNumber: Int32) { self.dayNumber = dayNumber }

    /// Reads `2018-12-31`; nil for anything else, also for a day the calendar does not have.
    package init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count == 10, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-"),
            let year = Self.number(bytes[0..<4]), let month = Self.number(bytes[5..<7]),
            let day = Self.number(bytes[8..<10]), (1...12).contains(month), year > 0, day > 0
        else { return nil }
        self.init(year: year, month: month, day: day)
        guard civil.day == day, civil.month == month else { return nil }
    }

    /// A day by its civil date. Days beyond the month's end run on into the next month.
    package init(year: Int, month: Int, day: Int) {
        // Hinnant, "chrono-compatible low-level date algorithms": days_from_civil, shifted to 2000-01-01.
        let shifted = month <= 2 ? year - 1 : year
        let era = (shifted >= 0 ? shifted : shifted - 399) / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        dayNumber = Int32(era * 146_097 + dayOfEra - 730_425)
    }

    /// Year, month and day of the civil calendar.
    package var civil: (year: Int, month: Int, day: Int) {
        let shifted = Int(dayNumber) + 730_425
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthIndex = (5 * dayOfYear + 2) / 153
        let month = monthIndex < 10 ? monthIndex + 3 : monthIndex - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * monthIndex + 2) / 5 + 1)
    }

    /// Calendar days from `self` to `later`; negative when `later` is earlier.
    package func days(to later: BusinessDate) -> Int { Int(later.dayNumber) - Int(dayNumber) }

    /// The day `count` calendar days later.
    package func adding(days count: Int) -> BusinessDate { BusinessDate(dayNumber: dayNumber + Int32(count)) }

    /// The same month and day `count` years earlier; of a 29 February the 28th where that year has none.
    package func earlier(years count: Int) -> BusinessDate {
        let (year, month, day) = civil
        let same = BusinessDate(year: year - count, month: month, day: day)
        return same.civil.month == month ? same : same.adding(days: -1)
    }

    /// 0 for Monday … 6 for Sunday.
    package var weekday: Int { ((Int(dayNumber) + 5) % 7 + 7) % 7 }

    package static func < (left: Self, right: Self) -> Bool { left.dayNumber < right.dayNumber }

    /// `2018-12-31`.
    package var description: String {
        let (year, month, day) = civil
        return "\(Self.padded(year, to: 4))-\(Self.padded(month, to: 2))-\(Self.padded(day, to: 2))"
    }

    private static func padded(_ number: Int, to width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }

    private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
        var value = 0
        for byte in digits {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
            value = value * 10 + Int(byte - UInt8(ascii: "0"))
        }
        return value
    }
}
