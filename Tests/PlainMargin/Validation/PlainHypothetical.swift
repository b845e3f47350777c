/// A listed series, for §12.1; months and days are whole numbers.
package struct PlainListed {
    package let code: String
    package let commodity: String
    package let instrument: String
    package let month: Int
    package let expiry: Int?
    package let strike: Rational
    package let underlying: Rational?

    package init(
        code: String, commodity: String, instrument: String, month: Int, expiry: Int?, strike: Rational,
        underlying: Rational?
    ) {
        self.code = code
        self.commodity = commodity
        self.instrument = instrument
        self.month = month
        self.expiry = expiry
        self.strike = strike
        self.underlying = underlying
    }
}

/// Which series a line of a hypothetical portfolio takes, from the text of §12.1 alone.
package enum PlainHypothetical {
    package static func series(
        _ listed: [PlainListed], commodity: String, instrument: String, monthRank: Int, moneyness: Rational?,
        isDeepOtmShort: Bool, horizonEnd: Int
    ) -> String? {
        let ofInstrument = listed.filter { $0.commodity == commodity && $0.instrument == instrument }
        let months = Set(ofInstrument.map(\.month)).sorted().filter { month in
            // Series of that instrument, and none of these expiring on or before t + h.
            ofInstrument.filter { $0.month == month }.allSatisfy { $0.expiry.map { $0 > horizonEnd } ?? true }
        }
        guard months.count >= monthRank else { return nil }
        let month = ofInstrument.filter { $0.month == months[monthRank - 1] }
        guard let moneyness else { return month.map(\.code).min() }
        let fitting = month.filter { option in
            guard let underlying = option.underlying else { return false }
            let wanted = moneyness * underlying
            return !isDeepOtmShort || (instrument == "call" ? option.strike >= wanted : option.strike <= wanted)
        }
        func distance(_ option: PlainListed) -> Rational {
            (option.strike - moneyness * (option.underlying ?? 0)).magnitude
        }
        guard let nearest = fitting.map(distance).min() else { return nil }
        let ofThose = fitting.filter { distance($0) == nearest }
        let lower = ofThose.map(\.strike).min()
        return ofThose.filter { $0.strike == lower }.map(\.code).min()
    }
}
