import Quantities

/// The days the clearing house is open, in order.
package struct BusinessCalendar: Hashable, Sendable {
    /// Ascending, each once.
    package let businessDays: [BusinessDate]

    package init(_ businessDays: some Sequence<BusinessDate>) {
        self.businessDays = businessDays.sorted()
    }

    /// The business day before a date; nil where the calendar begins. Logarithmic.
    package func previous(before date: BusinessDate) -> BusinessDate? {
        let position = firstPosition(atOrAfter: date)
        return position > 0 ? businessDays[position - 1] : nil
    }

    /// The business day after a date; nil where the calendar ends. Logarithmic.
    package func next(after date: BusinessDate) -> BusinessDate? {
        let position = firstPosition(atOrAfter: date.adding(days: 1))
        return position < businessDays.count ? businessDays[position] : nil
    }

    /// Business days after `start`, up to and with `end`; 0 if `end` is not later. Logarithmic.
    package func businessDays(after start: BusinessDate, through end: BusinessDate) -> Int {
        guard end > start else { return 0 }
        return firstPosition(atOrAfter: end.adding(days: 1)) - firstPosition(atOrAfter: start.adding(days: 1))
    }

    /// The `count`-th business day after a date; the calendar's last where it ends before, the date itself at 0 or
    /// where no day comes after it. Logarithmic.
    package func businessDay(_ count: Int, after date: BusinessDate) -> BusinessDate {
        let after = firstPosition(atOrAfter: date.adding(days: 1))
        guard count > 0, after < businessDays.count else { return date }
        return businessDays[min(after + count - 1, businessDays.count - 1)]
    }

    private func firstPosition(atOrAfter date: BusinessDate) -> Int {
        var low = 0
        var high = businessDays.count
        while low < high {
            let middle = (low + high) / 2
            if businessDays[middle] < date { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
