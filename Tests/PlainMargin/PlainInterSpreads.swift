/// Super- and inter-commodity spreads in the order in which they formed.
struct PlainInterResult {
    var spreads: [PlainInterFormed] = []
    var groups: [PlainScanGroup] = []
}

extension PlainHouse {
    /// §6.1 and §6.4: ascending priority, then by id.
    func formInterSpreads(
        isSuper: Bool, in portfolios: inout [String: PlainPortfolio], _ result: inout PlainInterResult
    ) {
        let ordered = interSpreads.filter { $0.isSuper == isSuper }
            .sorted { ($0.priority, $0.code) < ($1.priority, $1.code) }
        for spread in ordered {
            if spread.kind == .scan {
                scanAsOne(spread, in: &portfolios, &result)
            } else {
                form(spread, in: &portfolios, &result)
            }
        }
    }

    private func form(
        _ spread: PlainInterSpread, in portfolios: inout [String: PlainPortfolio], _ result: inout PlainInterResult
    ) {
        // Remaining = signed sum over the leg's months; legs of a group that was scanned as one have left.
        var remaining: [Rational] = []
        for leg in spread.legs {
            guard let portfolio = portfolios[leg.commodity], portfolio.figures.scanSpread == nil else { return }
            remaining.append(portfolio.months(ofTier: leg.tier).compactMap { portfolio.remaining[$0] }.sum())
        }
        // Feasible when every leg's is non-zero, A legs share one sign and B legs the opposite.
        guard !remaining.contains(0) else { return }
        let aSigns = Set(zip(spread.legs, remaining).map { ($0.side == .a) == ($1 > 0) })
        guard aSigns.count == 1 else { return }
        let count = zip(spread.legs, remaining).map { leg, delta in
            // Ratios of legs on the same pool are added first, as in §6.2.
            let same = spread.legs.filter {
                $0.commodity == leg.commodity && $0.side == leg.side
                    && listedMonths(of: $0) == listedMonths(of: leg)
            }
            return delta.magnitude / same.map(\.ratio).sum()
        }.min()?.truncated(4)
        guard let count, count > 0 else { return }
        var formed = PlainInterFormed(spread: spread.code, count: count, legs: [])
        for (leg, delta) in zip(spread.legs, remaining) {
            guard var portfolio = portfolios[leg.commodity] else { return }
            let rate = leg.rate ?? spread.rate ?? 0
            // A credit a leg is rounded to 8 decimals (§1.4).
            let unit = weightedPriceRisk(of: leg, in: portfolio)
            let credit = (spread.kind == .flat ? count * rate : unit * leg.ratio * count * rate).rounded(8)
            // Never more than available: what an earlier leg on the same months has left of the signed sum.
            let months = portfolio.months(ofTier: leg.tier)
            let available = months.compactMap { portfolio.remaining[$0] }.sum().magnitude
            let consumption = portfolio.consume(
                min((leg.ratio * count).rounded(4), available), from: months, isLong: delta > 0)
            portfolio.credits += credit
            portfolio.wasConsumedByInterSpread = true
            portfolios[leg.commodity] = portfolio
            formed.legs.append(
                PlainInterFormed.Leg(
                    deltaBefore: delta, consumption: consumption, weightedPriceRisk: unit, rate: rate, credit: credit))
        }
        result.spreads.append(formed)
    }

    private func listedMonths(of leg: PlainInterSpread.Leg) -> Set<Int> {
        let listed = Set(series.filter { $0.commodity == leg.commodity }.map(\.month))
        guard let code = leg.tier, let commodity = commodities.first(where: { $0.code == leg.commodity }) else {
            return listed
        }
        return listed.intersection(commodity.tiers.filter { $0.code == code }.flatMap(\.months))
    }

    /// The tier's own array and net delta where the leg is a tier.
    private func weightedPriceRisk(of leg: PlainInterSpread.Leg, in portfolio: PlainPortfolio) -> Rational {
        guard let tier = leg.tier else { return portfolio.figures.weightedPriceRisk ?? 0 }
        return portfolio.figures.tiers.first { $0.tier == tier }?.weightedPriceRisk ?? 0
    }

    /// §6.4, scan-based: the legs' arrays added, gains first multiplied by the rate, and scanned as one.
    private func scanAsOne(
        _ spread: PlainInterSpread, in portfolios: inout [String: PlainPortfolio], _ result: inout PlainInterResult
    ) {
        var array = [Rational](repeating: 0, count: scenarios.count)
        for leg in spread.legs {
            guard let portfolio = portfolios[leg.commodity], portfolio.figures.scanSpread == nil,
                !portfolio.wasConsumedByInterSpread
            else { return }
            let rate = leg.rate ?? spread.rate ?? 0
            for (position, loss) in portfolio.figures.array.enumerated() {
                array[position] += loss < 0 ? loss * rate : loss
            }
        }
        for leg in spread.legs { portfolios[leg.commodity]?.figures.scanSpread = spread.code }
        result.groups.append(PlainScanGroup(spread: spread.code, array: array, scanning: scanning(array)))
    }
}
