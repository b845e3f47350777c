import Glibc

extension PlainCalibrationHouse {
    /// The windows of a spread's moves: the places of moves in the common history, and how many are needed.
    func spreadWindows(_ rule: PlainCalibrationRule) -> [(name: String, days: [Int], needed: Int)] {
        guard let start = commonStart(rule), let factor = known(rule.factorCodes[0])?.from(start) else { return [] }
        let moves = zip(0..., commonMoveDays(factor, rule.horizon))
        func last(_ years: Int) -> [Int] {
            let after = today.yearsBefore(years)
            return moves.filter { $0.1[rule.horizon - 1] > after }.map(\.0)
        }
        func inside(_ windows: [PlainWindow]) -> [Int] {
            moves.filter { move in move.1.allSatisfy { day in windows.contains { $0.contains(day) } } }.map(\.0)
        }
        if rule.isOffset {
            return [("1y", last(1), rule.minObservations), ("3y", last(3), rule.minObservations)]
                + rule.windows.sorted { $0.id < $1.id }.map { ($0.id, inside([$0]), rule.minStressed) }
        }
        let all = commonMoveDays(factor, rule.horizon).count
        let kept = max(0, min(all, (rule.lookBack ?? .max / 2) - rule.horizon + 1))
        var windows = [("quantile", Array((all - kept)..<all), rule.minObservations)]
        if rule.stressedWeight != nil { windows.append(("stressed", inside(rule.windows), rule.minStressed)) }
        if let years = rule.floorYears { windows.append(("floor", last(years), 1)) }
        return windows
    }

    private func commonMoveDays(_ factor: PlainFactor, _ horizon: Int) -> [[PlainDay]] {
        let ends = Array(factor.days.dropFirst())
        guard ends.count >= horizon else { return [] }
        return (0...(ends.count - horizon)).map { Array(ends[$0..<($0 + horizon)]) }
    }

    /// Each leg's money a spread over so many days, by the common moves; side B with its own sign, plus.
    private func money(_ rule: PlainCalibrationRule, days: Int) -> [[PlainNumber]] {
        guard let start = commonStart(rule) else { return [] }
        return rule.legs.map { leg in
            guard let factor = known(leg.factor)?.from(start) else { return [] }
            let last = PlainNumber.exact(factor.levels[factor.levels.count - 1]).double
            return factor.moves(days).map { move in
                let price: PlainNumber = factor.isLog ? .double(last * (exp(move.value.double) - 1)) : move.value
                return leg.ratio * leg.contractValueFactor * price
            }
        }
    }

    /// Σ_A − Σ_B, or one side alone.
    private func total(_ money: [[PlainNumber]], _ rule: PlainCalibrationRule, a: Rational, b: Rational)
        -> [PlainNumber]
    {
        money[0].indices.map { place in
            zip(rule.legs, money).reduce(PlainNumber.exact(0)) { sum, leg in
                sum + (leg.0.isSideA ? a : b) * leg.1[place]
            }
        }
    }

    /// §10.3.
    func calendarCharge(_ rule: PlainCalibrationRule) -> PlainProposal {
        let spread = total(money(rule, days: rule.horizon), rule, a: 1, b: -1).map(\.magnitude)
        var proposal = PlainProposal()
        for window in spreadWindows(rule) {
            var value = quantile(window.days.map { spread[$0] }, rule.confidence)
            if window.name == "stressed", let weight = rule.stressedWeight {
                value = (1 - weight) * proposal.bounds[0].value + weight * value
            }
            proposal.bounds.append((window.name, value))
        }
        proposal.core = proposal.bounds.map(\.value.published).max() ?? 0
        proposal.bound = proposal.bounds.first { $0.value.published == proposal.core }?.name ?? ""
        let moves = spreadWindows(rule)[0].days
        fill(&proposal, rule, first: moves[0], count: moves.count)
        return proposal
    }

    private func fill(_ proposal: inout PlainProposal, _ rule: PlainCalibrationRule, first: Int, count: Int) {
        guard let start = commonStart(rule), let days = known(rule.factorCodes[0])?.from(start).days else { return }
        proposal.observations = count
        proposal.firstDay = days[first + 1]
        proposal.lastDay = days[days.count - 1]
    }

    /// §10.4.
    func offsetRate(_ rule: PlainCalibrationRule) throws(PlainCalibrationRefusal) -> PlainProposal {
        let legs = money(rule, days: rule.horizon)
        let spread = total(legs, rule, a: 1, b: -1).map(\.magnitude)
        var proposal = PlainProposal()
        for window in spreadWindows(rule) {
            func over(_ values: [PlainNumber]) -> PlainNumber {
                quantile(window.days.map { values[$0].magnitude }, rule.confidence)
            }
            let own = legs.map(over).reduce(.exact(0), +)
            guard own.double > 0 else {
                throw PlainCalibrationRefusal("history_not_moving", "\(rule.key) \(window.name)")
            }
            if case .exact(let own) = own, case .exact(let both) = over(spread) {
                proposal.bounds.append((window.name, .exact(1 - both / own)))
            } else {
                proposal.bounds.append((window.name, .double(1 - over(spread).double / own.double)))
            }
        }
        let smallest = proposal.bounds.map(\.value.published).min() ?? 0
        guard let base = proposal.bounds.first(where: { $0.value.published == smallest }) else { return proposal }
        proposal.bound = base.name
        var rate = base.value
        if rate.double < 0 { (rate, proposal.bound) = (.exact(0), "zero") }
        if PlainNumber.isGreater(rate, .exact(rule.cap)) { (rate, proposal.bound) = (.exact(rule.cap), "cap") }
        let daily = money(rule, days: 1)
        proposal.correlations = try correlations(
            total(daily, rule, a: 1, b: 0).map(\.double), total(daily, rule, a: 0, b: 1).map(\.double), rule)
        if proposal.correlations?.isBroken == true { rate = (1 - rule.breakHaircut) * rate }
        proposal.core = rate.published
        fill(&proposal, rule, first: 0, count: spread.count)
        return proposal
    }

    private func correlations(
        _ a: [Double], _ b: [Double], _ rule: PlainCalibrationRule
    ) throws(PlainCalibrationRefusal) -> (recent: Double, earlier: Double, z: Double, isBroken: Bool) {
        guard a.count >= 270 else { throw PlainCalibrationRefusal("too_few_observations", "\(rule.key) break") }
        func pearson(_ x: [Double], _ y: [Double]) throws(PlainCalibrationRefusal) -> Double {
            if Set(x).count == 1 || Set(y).count == 1 {
                throw PlainCalibrationRefusal("correlation_undefined", rule.key)
            }
            let (mx, my) = (x.reduce(0, +) / Double(x.count), y.reduce(0, +) / Double(y.count))
            var (xy, xx, yy) = (0.0, 0.0, 0.0)
            for (x, y) in zip(x, y) {
                xy += (x - mx) * (y - my)
                xx += (x - mx) * (x - mx)
                yy += (y - my) * (y - my)
            }
            return max(-0.999999, min(0.999999, xy / sqrt(xx * yy)))
        }
        let recent = try pearson(Array(a.suffix(20)), Array(b.suffix(20)))
        let earlier = try pearson(Array(a.suffix(270).prefix(250)), Array(b.suffix(270).prefix(250)))
        let z = (atanh(recent) - atanh(earlier)) / sqrt(1.0 / 17 + 1.0 / 247)
        return (recent, earlier, z, z < -PlainNumber.exact(rule.breakZ).double)
    }
}
