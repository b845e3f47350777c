import Quantities

/// A quarter of a calendar year, `2018Q4`.
package struct Quarter: Hashable, Sendable, CustomStringConvertible {
    package let year: Int
    /// 1 to 4.
    package let number: Int

    /// Nil for anything but four digits, Q and 1 to 4.
    package init?(_ text: String) {
        guard let match = text.wholeMatch(of: /([0-9]{4})Q([1-4])/), let year = Int(match.1), year > 0,
            let number = Int(match.2)
        else { return nil }
        self.year = year
        self.number = number
    }

    package var description: String { BusinessDate.yearText(year) + "Q\(number)" }

    /// The first and the last calendar day.
    package var days: (first: BusinessDate, last: BusinessDate)? {
        let months = [("01-01", "03-31"), ("04-01", "06-30"), ("07-01", "09-30"), ("10-01", "12-31")][number - 1]
        let name = BusinessDate.yearText(year)
        guard let first = BusinessDate("\(name)-\(months.0)"), let last = BusinessDate("\(name)-\(months.1)") else {
            return nil
        }
        return (first, last)
    }
}

extension BusinessDate {
    fileprivate static func yearText(_ year: Int) -> String {
        String(repeating: "0", count: max(0, 4 - String(year).count)) + String(year)
    }
}
