import Margining
import Quantities
import Scenarios

/// What a scan range's rule measures on a day, before its arithmetic (docs/methodology.md §10.2); in return units.
package struct DayMeasures: Hashable, Sendable {
    /// Of the look-back's moves.
    let quantile: MoveSize
    /// A day, of the look-back's returns, floored.
    let volatility: Double
    /// Of the stressed moves; nil without tool (b), and where they are fewer than the rule needs.
    let stressed: MoveSize?
    /// Tool (c); nil without it, and where its years have no move.
    let floor: MoveSize?
}

/// The windows of a day, as places of returns and moves.
private struct DayWindows {
    /// Of the look-back.
    let returns: Range<Int>
    let moves: Range<Int>
    /// Stressed moves so far.
    let stressedCount: Int
    /// Of the floor's years; empty without a floor.
    let floor: Range<Int>
}

extension CalibrationRule {
    /// Whether this rule's measures of a history hold all that another rule looks at.
    package func measuresWhat(_ other: CalibrationRule) -> Bool {
        var (own, others) = (withoutTools, other.withoutTools)
        (own.stressedWindows, others.stressedWindows) = ([], [])
        let holdsStressed =
            other.stressedWeight == nil
            || (stressedWeight != nil && stressedWindows == other.stressedWindows
                && minStressedObservations == other.minStressedObservations)
        return own == others && holdsStressed && (other.floor == nil || floor == other.floor)
    }

    /// Whether another rule comes to the same cores: whether they differ in buffer and step limit alone.
    package func sharesCores(with other: CalibrationRule) -> Bool {
        var (own, others) = (self, other)
        (own.buffer, own.stepLimit) = (nil, nil)
        (others.buffer, others.stepLimit) = (nil, nil)
        if own.stressedWeight == nil, others.stressedWeight == nil {
            (own.stressedWindows, others.stressedWindows) = ([], [])
        }
        return own == others
    }
}

extension ScanRangeCalibration {
    /// What the rule measures on a day that no fault of histories refuses.
    func measures(on date: BusinessDate) -> DayMeasures {
        let windows = windows(on: date, count: moves.history.count(through: date))
        func quantile(_ sizes: MoveColumn) -> MoveSize { sizes.quantile(0..<sizes.count, tail: tail) }
        return DayMeasures(
            quantile: quantile(sizes(windows.moves)),
            volatility: rule.volatility.filter.volatilityNow(after: moves.returns(windows.returns)[...]),
            stressed: hasStressed(windows) ? quantile(stressedSizes(windows.stressedCount)) : nil,
            floor: rule.floor.flatMap { floor in
                guard !windows.floor.isEmpty else { return nil }
                guard floor.kind == .volatility else { return quantile(sizes(windows.floor)) }
                var sum = 0.0
                for value in moves.returns(windows.floor) { sum += value * value }
                return floorSize(sum, windows.floor.count)
            })
    }

    /// The same of many of the history's days, by their places, ascending, with the same bits: quantiles from an order
    /// that is kept from day to day, volatilities of sixteen days side by side. Nil of a day whose look-back is too
    /// short for the rule.
    ///
    /// O(days · look-back / 16 + moves · log moves).
    package func measures(at places: [Int]) -> [DayMeasures?] {
        let days = places.filter { !checks.isTooFew($0 + 1) }.map { place in
            windows(on: moves.history.dates[place], count: place + 1)
        }
        let returns = moves.returns(moves.all)
        let sizes = self.sizes(moves.allMoves)
        let volatilities = rule.volatility.filter.volatilitiesNow(after: days.map(\.returns), of: returns)
        let floors = floorSizes(days.map(\.floor), returns, sizes)
        var (plain, crises) = (MovingQuantile(sizes), MovingQuantile(stressedSizes(stressedEnds.count(below: .max))))
        var measured = 0
        return places.map { place in
            if checks.isTooFew(place + 1) { return nil }
            defer { measured += 1 }
            let day = days[measured]
            return DayMeasures(
                quantile: plain.quantile(day.moves, tail: tail), volatility: volatilities[measured],
                stressed: hasStressed(day) ? crises.quantile(0..<day.stressedCount, tail: tail) : nil,
                floor: floors[measured])
        }
    }

    /// The sizes of the first stressed moves.
    private func stressedSizes(_ count: Int) -> MoveColumn {
        var found: MoveColumn?
        var left = count
        for run in stressedEnds where left > 0 {
            let own = run.prefix(left)
            let sizes = self.sizes(own.startIndex - rule.horizonDays..<own.endIndex - rule.horizonDays)
            found = found.map { $0.followed(by: sizes) } ?? sizes
            left -= own.count
        }
        return found ?? sizes(0..<0)
    }

    private func windows(on date: BusinessDate, count: Int) -> DayWindows {
        let first = count - 1 - checks.kept(count)
        return DayWindows(
            returns: first..<(count - 1), moves: first..<(count - rule.horizonDays),
            stressedCount: rule.stressedWeight == nil ? 0 : stressedEnds.count(below: count),
            floor: rule.floor.map { floorWindow($0, on: date, count: count) } ?? 0..<0)
    }

    /// Tool (c): what ends strictly after the day so many years before, and not after the date.
    private func floorWindow(_ floor: FloorTool, on date: BusinessDate, count: Int) -> Range<Int> {
        let before = moves.history.count(through: date.earlier(years: floor.years))
        let span = floor.kind == .volatility ? 1 : rule.horizonDays
        let first = max(before - span, 0)
        return first..<max(count - span, first)
    }

    private func hasStressed(_ windows: DayWindows) -> Bool {
        rule.stressedWeight != nil && windows.stressedCount >= rule.minStressedObservations
    }

    /// z times the root of a mean square, over the horizon.
    private func floorSize(_ sum: Double, _ count: Int) -> MoveSize {
        .approximate(
            rule.volatility.z.double * (sum / Double(count)).squareRoot() * Double(rule.horizonDays).squareRoot())
    }

    private func floorSizes(_ windows: [Range<Int>], _ returns: [Double], _ sizes: MoveColumn) -> [MoveSize?] {
        switch rule.floor?.kind {
        case nil: return windows.map { _ in nil }
        case .quantile:
            var kept = MovingQuantile(sizes)
            return windows.map { $0.isEmpty ? nil : kept.quantile($0, tail: tail) }
        case .volatility:
            let sums = accumulated(
                returns.map { $0 * $0 }, over: windows, factor: 1, from: windows.map { _ in 0 })
            return zip(windows, sums).map { $0.isEmpty ? nil : floorSize($1, $0.count) }
        }
    }
}
