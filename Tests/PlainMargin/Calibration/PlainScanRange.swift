import Glibc

extension PlainCalibrationHouse {
    /// §10.2 of one factor.
    func scanRange(_ rule: PlainCalibrationRule, _ factor: PlainFactor) throws(PlainCalibrationRefusal) -> PlainProposal
    {
        let kept = factor.lookBack(rule.lookBack)
        let moves = kept.moves(rule.horizon)
        let root = sqrt(Double(rule.horizon))
        let z = PlainNumber.exact(rule.z).double
        var proposal = PlainProposal()
        let plain = quantile(moves.map { sized($0.value, rule) }, rule.confidence)
        proposal.bounds.append(("quantile", plain))
        let ewma = PlainNumber.double(z * volatilityNow(kept, rule) * root)
        proposal.bounds.append(("ewma", ewma))
        if let weight = rule.stressedWeight {
            let stressed = factor.moves(rule.horizon).filter { move in
                move.days.allSatisfy { day in rule.windows.contains { $0.contains(day) } }
            }
            guard stressed.count >= rule.minStressed else {
                throw PlainCalibrationRefusal("too_few_observations", factor.code)
            }
            let larger = PlainNumber.isGreater(ewma, plain) ? ewma : plain
            let beside = quantile(stressed.map { sized($0.value, rule) }, rule.confidence)
            proposal.bounds.append(("stressed", (1 - weight) * larger + weight * beside))
        }
        if let years = rule.floorYears {
            let start = today.yearsBefore(years)
            if rule.floorIsQuantile {
                let late = factor.moves(rule.horizon).filter { $0.days[rule.horizon - 1] > start }
                proposal.bounds.append(
                    ("floor", quantile(late.map { sized($0.value, rule) }, rule.confidence)))
            } else {
                let squares = factor.returns.filter { $0.end > start }.map { $0.value.double * $0.value.double }
                let mean = squares.reduce(0, +) / Double(squares.count)
                proposal.bounds.append(("floor", .double(z * sqrt(mean) * root)))
            }
        }
        let largest = proposal.bounds.map(\.value.published).max() ?? 0
        proposal.bound = proposal.bounds.first { $0.value.published == largest }?.name ?? ""
        var x = proposal.bounds[0].value
        for bound in proposal.bounds where PlainNumber.isGreater(bound.value, x) { x = bound.value }
        proposal.core = try core(x, rule, factor)
        proposal.observations = moves.count
        proposal.firstDay = kept.days[1]
        proposal.lastDay = kept.days[kept.days.count - 1]
        return proposal
    }

    /// s_now of §7 on the one-day returns.
    private func volatilityNow(_ factor: PlainFactor, _ rule: PlainCalibrationRule) -> Double {
        let returns = factor.returns.map(\.value.double)
        let lambda = PlainNumber.exact(rule.lambda).double
        var square = returns.prefix(rule.seedDays).map { $0 * $0 }.reduce(0, +) / Double(rule.seedDays)
        for value in returns.dropFirst(rule.seedDays) { square = lambda * square + (1 - lambda) * value * value }
        return max(sqrt(square), PlainNumber.exact(rule.volatilityFloor).double)
    }

    /// Step 1.
    private func core(
        _ x: PlainNumber, _ rule: PlainCalibrationRule, _ factor: PlainFactor
    ) throws(PlainCalibrationRefusal) -> Rational {
        let last = factor.levels[factor.levels.count - 1]
        let isFraction = rule.unit == .percent || rule.unit == .relative || rule.unit == nil
        if factor.isLog {
            let fraction = rule.item == .haircut ? 1 - exp(-x.double) : exp(x.double) - 1
            let amount = fraction * PlainNumber.exact(last.magnitude).double
            return PlainNumber.double(isFraction ? fraction : amount).published
        }
        if !isFraction { return x.published }
        if last == 0 {
            throw PlainCalibrationRefusal(
                "log_of_non_positive", "\(factor.code) \(factor.days[factor.days.count - 1])")
        }
        return ((1 / last.magnitude) * x).published
    }

    /// Step 2.
    func withBuffer(_ proposal: inout PlainProposal, _ rule: PlainCalibrationRule, _ standing: PlainStanding?)
        -> Rational
    {
        let core = proposal.core
        guard let size = rule.buffer else { return core }
        guard let standing, let coreBefore = standing.core, let before = standing.buffer else {
            (proposal.buffer, proposal.bufferState) = (size, "initial")
            return core * (1 + size)
        }
        if core > coreBefore * (1 + rule.riseTrigger) {
            let figure = max(core, min(core * (1 + size), standing.value))
            let share = figure / core - 1
            proposal.buffer = share
            proposal.bufferState = share == 0 ? "exhausted" : share < before ? "drawn" : "kept"
            return figure
        }
        let share = min(size, before + rule.rebuildStep)
        proposal.buffer = share
        proposal.bufferState = share == size ? "full" : "rebuilding"
        return core * (1 + share)
    }

    /// Steps 3 and 4.
    func finish(
        _ proposal: inout PlainProposal, _ figure: Rational, _ rule: PlainCalibrationRule, _ standing: PlainStanding?
    ) {
        proposal.item = rule.item.rawValue
        proposal.key = rule.key
        proposal.beforeLimit = figure.rounded(12)
        proposal.old = standing?.value
        var value = figure
        if let old = standing?.value, let limit = rule.stepLimit {
            if figure > old * (1 + limit) {
                (value, proposal.limited) = (old * (1 + limit), "up")
                if !rule.isOffset, value < proposal.core { proposal.flag = "below_core" }
            } else if figure < old * (1 - limit) {
                (value, proposal.limited) = (old * (1 - limit), "down")
                if rule.isOffset { proposal.flag = "above_core" }
            }
        }
        let steps = value.rounded(12) / rule.increment
        let whole = Rational(Int(steps.truncated(0).numerator))
        proposal.new = (rule.isOffset || whole == steps ? whole : whole + 1) * rule.increment
        if rule.item == .haircut { proposal.new = min(1, proposal.new) }
        if let old = standing?.value, old != 0 { proposal.change = (proposal.new / old - 1).rounded(6) }
    }
}
