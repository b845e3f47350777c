import Quantities

/// The house's business days: weekdays without the US holidays of 2018 to 2020.
package enum GeneratedCalendar {
    static let firstDay = BusinessDate(year: 2018, month: 1, day: 1)
    static let lastDay = BusinessDate(year: 2020, month: 12, day: 31)

    /// A holiday's name, nil on any other day. Holidays that fall on a weekend are listed on the day observed.
    static func holiday(_ date: BusinessDate) -> String? {
        let civil = date.civil
        return holidays.first { $0.year == civil.year && $0.month == civil.month && $0.day == civil.day }?.name
    }

    /// Whether the house is open on a day: no weekend, no holiday.
    package static func isBusinessDay(_ date: BusinessDate) -> Bool { date.weekday < 5 && holiday(date) == nil }

    /// `date`, or the last business day before it.
    static func onOrBefore(_ date: BusinessDate) -> BusinessDate {
        var day = date
        while !isBusinessDay(day) { day = day.adding(days: -1) }
        return day
    }

    /// The third Friday of a month, or the business day before it.
    package static func thirdFriday(of month: ContractMonth) -> BusinessDate {
        let first = month.firstDay
        return onOrBefore(first.adding(days: (11 - first.weekday) % 7 + 14))
    }

    static func write(to file: TableFile) throws(GenerationError) {
        var day = firstDay
        while day <= lastDay {
            file.plain(day.description)
            file.plain(isBusinessDay(day) ? "true" : "false")
            file.quoted(holiday(day) ?? (day.weekday < 5 ? "" : "weekend"))
            try file.endRow()
            day = day.adding(days: 1)
        }
        try file.close()
    }

    private static let holidays: [(year: Int, month: Int, day: Int, name: String)] = [
        (2018, 1, 1, "New Year's Day"), (2018, 1, 15, "Martin Luther King Jr. Day"), (2018, 2, 19, "Presidents' Day"),
        (2018, 3, 30, "Good Friday"), (2018, 5, 28, "Memorial Day"), (2018, 7, 4, "Independence Day"),
        (2018, 9, 3, "Labor Day"), (2018, 11, 22, "Thanksgiving Day"), (2018, 12, 25, "Christmas Day"),
        (2019, 1, 1, "New Year's Day"), (2019, 1, 21, "Martin Luther King Jr. Day"), (2019, 2, 18, "Presidents' Day"),
        (2019, 4, 19, "Good Friday"), (2019, 5, 27, "Memorial Day"), (2019, 7, 4, "Independence Day"),
        (2019, 9, 2, "Labor Day"), (2019, 11, 28, "Thanksgiving Day"), (2019, 12, 25, "Christmas Day"),
        (2020, 1, 1, "New Year's Day"), (2020, 1, 20, "Martin Luther King Jr. Day"), (2020, 2, 17, "Presidents' Day"),
        (2020, 4, 10, "Good Friday"), (2020, 5, 25, "Memorial Day"), (2020, 7, 3, "Independence Day observed"),
        (2020, 9, 7, "Labor Day"), (2020, 11, 26, "Thanksgiving Day"), (2020, 12, 25, "Christmas Day"),
    ]
}
