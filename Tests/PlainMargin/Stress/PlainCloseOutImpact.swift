extension PlainStressHouse {
    /// X, ΔU and participation of each combined commodity that a closed-out account holds (§8.7).
    func impacts(
        of defaulted: Set<String>, _ terms: PlainSecondRoundTerms
    ) throws(PlainStressRefusal) -> [PlainSecondRound.Impact] {
        let closedOut = accounts.filter { account in
            defaulted.contains(group(of: account.member)) && (account.isHouse || terms.clientsAreClosedOut)
        }
        var impacts: [PlainSecondRound.Impact] = []
        for commodity in commodities.sorted(by: { $0.code < $1.code }) {
            let series = series.filter { $0.commodity == commodity.code }
            var netDelta: Rational = 0
            var isHeld = false
            for account in closedOut {
                for owner in account.owners {
                    netDelta += self.netDelta(of: owner, series)
                    for (code, held) in owner.holdings where series.contains(where: { $0.code == code }) {
                        let isGross = account.type == .grossOmnibus
                        if isGross ? held.long + held.short != 0 : held.long != held.short { isHeld = true }
                    }
                }
            }
            guard isHeld else { continue }
            impacts.append(try impact(commodity.code, netDelta, terms))
        }
        return impacts
    }

    /// Net delta before spreads, rounded to 4 decimals by month (§5); long − short of gross omnibus.
    package func netDelta(of owner: PlainStressOwner, _ series: [PlainStressSeries]) -> Rational {
        let holdings = owner.holdings
        var months: [Int: Rational] = [:]
        for series in series {
            guard let held = holdings[series.code] else { continue }
            months[series.month, default: 0] +=
                Rational(held.long - held.short) * series.compositeDelta * series.deltaScalingFactor
        }
        return months.values.map { $0.rounded(4) }.sum()
    }

    private func impact(
        _ commodity: String, _ netDelta: Rational, _ terms: PlainSecondRoundTerms
    ) throws(PlainStressRefusal) -> PlainSecondRound.Impact {
        let row = terms.markets.first { $0.commodity == commodity }
        let market = row.flatMap { $0.averageDailyVolume > 0 ? $0 : nil }
        if netDelta == 0 {
            return PlainSecondRound.Impact(
                commodity: commodity, netDelta: 0, priceMove: 0, participation: market == nil ? nil : 0)
        }
        guard let market else {
            throw PlainStressRefusal("close_out_market_missing", commodity)
        }
        let size = netDelta.magnitude
        let volumes = size / market.averageDailyVolume
        let square =
            (market.impactCoefficient * market.dailyVolatility) * (market.impactCoefficient * market.dailyVolatility)
        let move = Self.roundedRoot(of: square * volumes)
        return PlainSecondRound.Impact(
            commodity: commodity, netDelta: netDelta,
            // Closing out longs lowers the price.
            priceMove: netDelta > 0 ? -move : move, participation: volumes / Rational(terms.closeOutDays))
    }

    /// √x half away from zero to 6 decimals, without the root: n millionths where (2n − 1)² ≤ 4·10¹²·x < (2n + 1)².
    static func roundedRoot(of value: Rational) -> Rational {
        let scaled = (value * Rational(4 * Rational.tenTo(12), over: 1)).truncated(0).numerator
        var low: Int128 = 0
        var high: Int128 = 1
        while high * high <= scaled { high *= 2 }
        // low² ≤ scaled < high².
        while high - low > 1 {
            let middle = (low + high) / 2
            if middle * middle <= scaled { low = middle } else { high = middle }
        }
        return Rational((low + 1) / 2, over: Rational.tenTo(6))
    }
}
