/// Over which days of a series a disclosure measures (docs/methodology.md §12.8).
package enum DisclosureSpan: Hashable, Sendable, CustomStringConvertible {
    /// The days of the quarter itself.
    case quarter
    /// The last so many days of the series up to the quarter's end, 2 or more.
    case days(Int)
    /// Every day of the series up to the quarter's end.
    case all

    /// Nil for a text that is neither `quarter`, `all` nor a number of days from 2 on.
    package init?(_ text: String) {
        switch text {
        case "quarter": self = .quarter
        case "all": self = .all
        default:
            guard let days = Int(text), days >= 2 else { return nil }
            self = .days(days)
        }
    }

    package var description: String {
        switch self {
        case .quarter: "quarter"
        case .days(let days): "\(days)"
        case .all: "all"
        }
    }
}

/// The windows and horizons of a disclosure.
package struct DisclosureTerms: Hashable, Sendable {
    package let spans: [DisclosureSpan]
    /// Days within which the largest rise is looked for, each 1 or more.
    package let riseDays: [Int]
    /// Days of realised volatility, and between the days that are compared, each 2 or more.
    package let responsivenessDays: [Int]

    /// Each span and number once, in the order in which they are first named.
    package init(
        spans: [DisclosureSpan] = usualSpans, riseDays: [Int] = Procyclicality.usualDays,
        responsivenessDays: [Int] = [Procyclicality.usualWindow]
    ) {
        self.spans = Self.once(spans)
        self.riseDays = Self.once(riseDays)
        self.responsivenessDays = Self.once(responsivenessDays)
    }

    package static let usualSpans: [DisclosureSpan] = [.quarter, .days(250), .all]

    private static func once<Value: Hashable>(_ values: [Value]) -> [Value] {
        var seen: Set<Value> = []
        return values.filter { seen.insert($0).inserted }
    }
}
