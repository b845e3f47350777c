import Glibc

extension PlainFactor {
    /// The history up to a day.
    func upTo(_ day: PlainDay) -> PlainFactor {
        var known = self
        let count = days.count { $0 <= day }
        known.days = Array(days.prefix(count))
        known.levels = Array(levels.prefix(count))
        return known
    }

    /// The history from a day on.
    func from(_ day: PlainDay) -> PlainFactor {
        var later = self
        let count = days.count { $0 >= day }
        later.days = Array(days.suffix(count))
        later.levels = Array(levels.suffix(count))
        return later
    }

    /// One-day returns with the days on which they end.
    var returns: [(end: PlainDay, value: PlainNumber)] {
        days.indices.dropFirst().map { place in
            let (before, after) = (levels[place - 1], levels[place])
            let change: PlainNumber =
                isLog
                ? .double(log(PlainNumber.exact(after).double / PlainNumber.exact(before).double))
                : .exact(after - before)
            return (days[place], change)
        }
    }

    /// Sums of `count` consecutive returns, by the days on which they end, with the days of every return in them.
    func moves(_ count: Int) -> [(days: [PlainDay], value: PlainNumber)] {
        let all = returns
        guard all.count >= count else { return [] }
        return (0...(all.count - count)).map { first in
            let part = all[first..<(first + count)]
            let sum = part.dropFirst().reduce(part[first].value) { $0 + $1.value }
            return (part.map(\.end), sum)
        }
    }

    /// The last so many returns' worth of levels, or all.
    func lookBack(_ count: Int?) -> PlainFactor {
        var kept = self
        let levels = min(self.levels.count, (count ?? self.levels.count) + 1)
        kept.days = Array(days.suffix(levels))
        kept.levels = Array(self.levels.suffix(levels))
        return kept
    }
}

extension PlainCalibrationRule {
    var factorCodes: [String] { factor.map { [$0] } ?? Set(legs.map(\.factor)).sorted() }
    var isOffset: Bool { item == .offsetRate }
    /// Rules of several factors look at the whole histories with (b), (c) or as an offset rate.
    var usesHistories: Bool { isOffset || stressedWeight != nil || floorYears != nil }
}

extension PlainCalibrationHouse {
    /// A factor as it is known today.
    func known(_ code: String) -> PlainFactor? { factors.first { $0.code == code }?.upTo(today) }

    /// What §10.1 refuses of histories, in the order of the text: each rule over all the figures, the first by name.
    func refuseHistories() throws(PlainCalibrationRefusal) {
        for refusing in [stale, gaps, holes, nonPositive, tooFew, tooShort, notMoving] {
            let names = rules.compactMap(refusing)
            if let first = names.min(by: { $0.item < $1.item }) { throw first }
        }
    }

    private func eachFactor(
        _ rule: PlainCalibrationRule, _ name: String, _ found: (PlainFactor) -> String?
    ) -> PlainCalibrationRefusal? {
        for code in rule.factorCodes {
            if let factor = known(code), let item = found(factor) { return PlainCalibrationRefusal(name, item) }
        }
        return nil
    }

    private func stale(_ rule: PlainCalibrationRule) -> PlainCalibrationRefusal? {
        eachFactor(rule, "history_stale") { factor in
            guard let last = factor.days.last else { return factor.code }
            return today.number - last.number > rule.maxGap ? "\(factor.code) \(last)" : nil
        }
    }

    private func gaps(_ rule: PlainCalibrationRule) -> PlainCalibrationRefusal? {
        eachFactor(rule, "history_gap") { factor in
            let days = rule.isOffset ? factor.days : factor.lookBack(rule.lookBack).days
            return zip(days, days.dropFirst()).first { $1.number - $0.number > rule.maxGap }
                .map { "\(factor.code) \($1)" }
        }
    }

    /// The later first day of the look-backs, or of the histories.
    func commonStart(_ rule: PlainCalibrationRule) -> PlainDay? {
        rule.factorCodes.compactMap { code in
            let factor = known(code)
            return (rule.usesHistories ? factor : factor?.lookBack(rule.lookBack))?.days.first
        }.max()
    }

    private func holes(_ rule: PlainCalibrationRule) -> PlainCalibrationRefusal? {
        guard rule.factorCodes.count > 1, let start = commonStart(rule) else { return nil }
        let all = Set(rule.factorCodes.flatMap { known($0)?.from(start).days ?? [] }).sorted()
        return eachFactor(rule, "history_hole") { factor in
            all.first { !factor.days.contains($0) }.map { "\(factor.code) \($0)" }
        }
    }

    private func nonPositive(_ rule: PlainCalibrationRule) -> PlainCalibrationRefusal? {
        eachFactor(rule, "log_of_non_positive") { factor in
            guard factor.isLog, let place = factor.levels.firstIndex(where: { $0 <= 0 }) else { return nil }
            return "\(factor.code) \(factor.days[place])"
        }
    }

    private func tooFew(_ rule: PlainCalibrationRule) -> PlainCalibrationRefusal? {
        guard rule.factor == nil else {
            return eachFactor(rule, "too_few_observations") { factor in
                let returns = max(0, factor.lookBack(rule.lookBack).days.count - 1)
                let isTooFew = returns - rule.horizon + 1 < rule.minObservations || returns <= rule.seedDays
                return isTooFew ? factor.code : nil
            }
        }
        let short = spreadWindows(rule).first { $0.days.count < $0.needed }
        return short.map { PlainCalibrationRefusal("too_few_observations", "\(rule.key) \($0.name)") }
    }

    private func tooShort(_ rule: PlainCalibrationRule) -> PlainCalibrationRefusal? {
        guard let years = rule.floorYears, !rule.isOffset else { return nil }
        return eachFactor(rule, "history_too_short") { factor in
            let latest = today.yearsBefore(years).number + rule.maxGap
            return factor.days.contains { $0.number <= latest } ? nil : factor.code
        }
    }

    private func notMoving(_ rule: PlainCalibrationRule) -> PlainCalibrationRefusal? {
        eachFactor(rule, "history_not_moving") { factor in
            let moves = (rule.isOffset ? factor : factor.lookBack(rule.lookBack)).moves(rule.horizon)
            let moving = moves.count { sized($0.value, rule).double != 0 }
            return Rational(moving) < rule.minMovingShare * Rational(moves.count) ? factor.code : nil
        }
    }

    /// |move|; of a haircut a fall's size, 0 for a rise.
    func sized(_ move: PlainNumber, _ rule: PlainCalibrationRule) -> PlainNumber {
        guard rule.item == .haircut else { return move.magnitude }
        return PlainNumber.isGreater(.exact(0), move) ? -move : .exact(0)
    }
}
