import Quantities
import Testing

@Suite struct `A business date` {
    /// Days of a month by the rule of the Gregorian calendar, written apart from the code under test.
    private static func days(in month: Int, of year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    @Test func `counts every day of eight hundred years once, in order, and reads back what it writes`() throws {
        var expected = Int32(-146_097)
        for year in 1600..<2400 {
            for month in 1...12 {
                for day in 1...Self.days(in: month, of: year) {
                    let date = BusinessDate(year: year, month: month, day: day)
                    guard date.dayNumber == expected, date.civil == (year, month, day),
                        BusinessDate(date.description) == date
                    else {
                        Issue.record("\(year)-\(month)-\(day) is day \(date.dayNumber), \(date) in words")
                        return
                    }
                    expected += 1
                }
            }
        }
        #expect(expected == 146_097)
    }

    @Test(arguments: [
        ("2000-01-01", 0), ("1999-12-31", -1), ("2000-02-29", 59), ("2000-03-01", 60), ("2018-12-31", 6939),
        ("1970-01-01", -10_957), ("0001-01-01", -730_119), ("9999-12-31", 2_921_939),
    ])
    func `is counted as PostgreSQL counts it`(_ text: String, _ dayNumber: Int32) {
        #expect(BusinessDate(text)?.dayNumber == dayNumber)
        #expect(BusinessDate(dayNumber: dayNumber).description == text)
    }

    @Test(arguments: [
        "", "2018-02-29", "1900-02-29", "2100-02-29", "2018-04-31", "2018-00-10", "2018-13-01", "2018-01-00",
        "2018-01-32",
        "0000-01-01", "2018-1-01", "20181231", "31-12-2018", "2018/12/31", " 2018-12-31", "2018-12-31 ", "2018-12-3x",
        "-018-12-31", "+018-12-31", "infinity", "today", "２０１８-12-31",
    ])
    func `is written in one way`(_ text: String) {
        #expect(BusinessDate(text) == nil)
    }

    /// Monday 2000-01-03; and days that calendars of the field name: the crash of 1987, the negative price of 2020.
    @Test(arguments: [
        ("2000-01-03", 0), ("1987-10-19", 0), ("2020-04-20", 0), ("2018-12-31", 0), ("2000-01-01", 5),
        ("2000-01-02", 6),
    ])
    func `knows its weekday`(_ text: String, _ weekday: Int) throws {
        let date = try #require(BusinessDate(text))
        #expect(date.weekday == weekday)
        for count in [-14, -7, 7, 700] { #expect(date.adding(days: count).weekday == weekday) }
        #expect(date.adding(days: 1).weekday == (weekday + 1) % 7)
    }

    @Test func `adds and counts calendar days`() throws {
        let last = try #require(BusinessDate("2019-12-31"))
        #expect(last.adding(days: 60).description == "2020-02-29")
        #expect(last.days(to: last.adding(days: 366)) == 366)
        #expect(last.days(to: last.adding(days: -1)) == -1)
        #expect(last.adding(days: -1) < last)
    }
}

@Suite struct `A contract month` {
    @Test(arguments: [
        ("2025-12", 1, "2026-01"), ("2025-01", -1, "2024-12"), ("2024-02", 12, "2025-02"), ("2025-08", 0, "2025-08"),
        ("2025-08", -120, "2015-08"),
    ])
    func `is counted on over the turn of the year`(_ text: String, _ count: Int, _ expected: String) {
        #expect(ContractMonth(text)?.adding(months: count).description == expected)
    }

    @Test func `is in the order of maturity and begins on its first day`() {
        let months = (1998...2003).flatMap { year in (1...12).map { ContractMonth(year: year, month: $0) } }
        #expect(months == months.sorted() && Set(months).count == 72)
        #expect(ContractMonth("2024-02")?.firstDay == BusinessDate("2024-02-01"))
    }

    @Test(arguments: [
        "", "2025", "2025-1", "2025-13", "2025-00", "202512", "2025-12-00", "25-12", "2025-12 ", "2025-12-",
        "2025-12-1", "2025-12-w1", "2025-12-W", "2025-12-S1 ", "2025-12S1", "2025-12-S10", "2025-12_S1", "2025-12-É",
    ])
    func `is written in one way`(_ text: String) {
        #expect(ContractMonth(text) == nil)
    }

    @Test(arguments: [
        ("201902", "2019-02", "201902"), ("20190200", "2019-02", "201902"), ("000112", "0001-12", "000112"),
        ("201902S1", "2019-02-S1", "201902S1"), ("20190215", "2019-02-15", "20190215"),
    ])
    func `is read from a SPAN file and written as one`(_ text: String, _ month: String, _ written: String) {
        #expect(ContractMonth(spanText: text)?.description == month)
        #expect(ContractMonth(month) == ContractMonth(spanText: text))
        #expect(ContractMonth(spanText: text)?.spanText == written)
    }

    @Test(arguments: [
        "", "2019", "201913", "201902s1", "2019020", "2019-02", "2019020000", "20190a", "000001", "2019-2", "201902é",
    ])
    func `is no SPAN month`(_ text: String) {
        #expect(ContractMonth(spanText: text) == nil)
    }

    @Test func `sorts as the bytes of its text do, and lies in a span with both its ends`() throws {
        let months = (1...4000).map { ContractMonth(year: 1, month: 1).adding(months: $0 * 29) }
        #expect(
            months.map(\.description).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
                == months.sorted().map(\.description))
        let coded = try ["2019-02-S1", "2019-02", "2019-03", "2019-02-15", "2019-02-S0", "2019-01-Z9"].map {
            try #require(ContractMonth($0))
        }
        #expect(
            coded.sorted().map(\.description)
                == ["2019-01-Z9", "2019-02", "2019-02-15", "2019-02-S0", "2019-02-S1", "2019-03"])
        let february = coded[1]
        #expect(coded.filter { $0.isWithin(february, february) } == [coded[0], coded[1], coded[3], coded[4]])
        #expect(coded.filter { $0.isWithin(february, coded[4]) } == [coded[1], coded[3], coded[4]])
        #expect(coded[0].firstDay == february.firstDay && coded[0].adding(months: 1) == coded[2])
        let (first, last) = (ContractMonth(year: 2019, month: 12), ContractMonth(year: 2020, month: 2))
        let within = (-1...3).filter { first.adding(months: $0).isWithin(first, last) }
        #expect(within == [0, 1, 2])
        #expect(first.year == 2019 && first.month == 12)
        #expect(BusinessDate("2019-12-31").map { ContractMonth(of: $0) } == first)
    }
}
