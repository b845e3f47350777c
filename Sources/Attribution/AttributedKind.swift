/// A kind of input that moves a figure from one night to the next; the order of the cases is the order in which
/// effects are told (docs/methodology.md §13.1).
package enum AttributedKind: String, CaseIterable, Sendable {
    /// The business date, and with it the time to every expiry.
    case time
    /// What is held, and the list of series.
    case positions
    /// Settlement, underlying and spot prices, interest and carry rates, averages so far, exchange rates.
    case prices
    /// The volatilities that options were published with, and the levels of risk factors.
    case volatilities
    /// The parameter set in force with its overrides.
    case parameters
    /// Everything else: accounts, members, terms of contracts and series, how combined commodities trade.
    case `static`

    /// Its place in the effect order, from 0.
    package var place: Int {
        switch self {
        case .time: 0
        case .positions: 1
        case .prices: 2
        case .volatilities: 3
        case .parameters: 4
        case .static: 5
        }
    }
}

/// One of the two nights that a change lies between.
package enum AttributedNight: CaseIterable, Sendable {
    case yesterday, today

    package var other: AttributedNight { self == .yesterday ? .today : .yesterday }
}
