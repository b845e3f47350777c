extension PlainPortfolio {
    /// The held months a leg of a calendar spread draws on.
    private func months(of pool: PlainIntraSpread.Pool) -> [Int] {
        switch pool {
        case .month(let month): months.filter { $0 == month }
        case .tier(let code): months(ofTier: code)
        }
    }

    /// Two legs draw on the same pool where they name the same months, under whatever tier.
    private func isSame(_ left: PlainIntraSpread.Pool, _ right: PlainIntraSpread.Pool) -> Bool {
        func named(_ pool: PlainIntraSpread.Pool) -> Set<Int> {
            switch pool {
            case .month(let month): [month]
            case .tier(let code): Set(commodity.tiers.filter { $0.code == code }.flatMap(\.months))
            }
        }
        return named(left) == named(right)
    }

    /// §6.2: series-to-series before tier-to-tier, ascending priority, then by id; for each first A long, then A short.
    mutating func formIntraSpreads() {
        let ordered = commodity.intraSpreads.sorted {
            ($0.isSeriesToSeries ? 0 : 1, $0.priority, $0.code) < ($1.isSeriesToSeries ? 0 : 1, $1.priority, $1.code)
        }
        for spread in ordered {
            form(spread, aIsLong: true)
            form(spread, aIsLong: false)
        }
    }

    private mutating func form(_ spread: PlainIntraSpread, aIsLong: Bool) {
        func isLong(_ leg: PlainIntraSpread.Leg) -> Bool { (leg.side == .a) == aIsLong }
        // n = min over legs of available / ratio; ratios of legs on the same pool and side are added first.
        var smallest: Rational?
        for leg in spread.legs {
            let ratio = spread.legs.filter { isSame($0.pool, leg.pool) && $0.side == leg.side }.map(\.ratio).sum()
            let possible = available(in: months(of: leg.pool), isLong: isLong(leg)) / ratio
            smallest = min(smallest ?? possible, possible)
        }
        // §1.4: spread counts are truncated to 4 decimals.
        let count = (smallest ?? 0).truncated(4)
        guard count > 0 else { return }
        var legs: [PlainConsumption] = []
        for leg in spread.legs {
            // §1.4: consumption = ratio·n to 4 decimals, never more than available.
            legs.append(consume((leg.ratio * count).rounded(4), from: months(of: leg.pool), isLong: isLong(leg)))
        }
        let rate: Rational =
            switch spread.charge {
            case .flat(let amount): amount
            case .weightedPriceRisk(let share): share * (figures.weightedPriceRisk ?? 0)
            }
        figures.intraSpreads.append(
            PlainIntraFormed(
                spread: spread.code, aIsLong: aIsLong, count: count, charge: count * rate, legs: legs))
    }

    /// §6.3: |remaining|·outright rate + |consumed by super and intra|·spread rate, by the original side of the month.
    mutating func chargeDelivery() {
        for charge in commodity.deliveryCharges.sorted(by: { $0.month < $1.month }) where months.contains(charge.month)
        {
            let original = original[charge.month] ?? 0
            let applies =
                switch charge.side {
                case .both: true
                case .long: original > 0
                case .short: original < 0
                }
            // A month whose net delta is 0 has no side and nothing to charge.
            guard applies, original != 0 else { continue }
            let left = (remaining[charge.month] ?? 0).magnitude
            let consumed = original.magnitude - left
            figures.deliveryMonths.append(
                PlainDeliveryFigures(
                    month: charge.month, remaining: left, consumed: consumed,
                    charge: left * charge.outrightRate + consumed * charge.spreadRate))
        }
    }
}
