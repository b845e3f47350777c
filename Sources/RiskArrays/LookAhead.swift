import ClearingModel
import Quantities

/// How far on from the business date an instrument is valued (docs/methodology.md §1.7).
package struct LookAhead: Hashable, Sendable {
    /// Years of the combined commodity's day count: how much nearer expiry stands. ≥ 0.
    package let years: Double
    /// Calendar days: how many of an average's days have passed. ≥ 0, not whole where the look-ahead is not.
    package let calendarDays: Double

    package static let none = LookAhead(years: 0, calendarDays: 0)
    /// Theta's: a calendar day, whatever the day count.
    package static let calendarDay = LookAhead(years: 1.0 / 365, calendarDays: 1)

    package init(years: Double, calendarDays: Double) {
        self.years = years
        self.calendarDays = calendarDays
    }

    /// A number of days of the count, 0 or more, from a business date on.
    ///
    /// Under `business252` these are business days: the calendar days up to the last of them pass, and of a part of a
    /// business day the same part of what lies up to the next. Where the calendar ends none are added.
    package init(days: Double, _ dayCount: DayCount, from date: BusinessDate, _ calendar: BusinessCalendar) {
        years = days / dayCount.daysPerYear
        switch dayCount {
        case .actual365: calendarDays = days
        case .business252:
            // No calendar has a million days; the bound keeps the conversion from trapping.
            let whole = Int(min(days, 1e6).rounded(.down))
            let reached = calendar.businessDay(whole, after: date)
            let next = calendar.businessDay(whole + 1, after: date)
            let part = min(days, 1e6) - Double(whole)
            calendarDays =
                (1 - part) * Double(date.days(to: reached)) + part * Double(date.days(to: next))
        }
    }
}
