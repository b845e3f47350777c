import Calibration
import ClearingModel
import ParallelWork
import Quantities
import Runtime
import Scenarios
import Storage
import Validation

/// Walks of many rules over the same histories, each held against itself without tools: how much is covered, how fast
/// margins rise, what that costs.
package struct RuleSearch: Sendable {
    /// What one rule comes to over one history.
    package struct Figures: Sendable {
        /// Of the rule as it stands.
        package let stated: WalkSummary
        /// Without its step limit, and without any tool.
        package let unlimited: WalkSummary
        package let bare: WalkSummary

        package var coverage: Double { 1 - Double(stated.whole.exceptions) / Double(max(stated.whole.nights, 1)) }
        package var cost: Double { unlimited.cost(against: bare) }

        /// The rise of a year as a share of the rise without tools, 0 where neither rose; nil without such a year, and
        /// where the rule alone rose.
        package func riseShare(_ year: Int) -> Double? {
            guard let own = unlimited.year(year), let other = bare.year(year) else { return nil }
            guard other.rise > 0 else { return own.rise > 0 ? nil : 0 }
            return own.rise / other.rise
        }
    }

    /// One rule over all histories.
    package struct Point: Sendable {
        /// From 1.
        package let number: Int
        package let changes: [RuleChange]
        /// By walk.
        package let results: [Result<Figures, Failure>]

        package var text: String { changes.isEmpty ? "as stated" : changes.map(\.text).joined(separator: " ") }

        private var figures: [Figures]? {
            let found = results.compactMap { try? $0.get() }
            return found.count == results.count && !found.isEmpty ? found : nil
        }

        /// The worst of all walks; nil where one is refused.
        package func worst(_ year: Int) -> Worst? {
            guard let figures else { return nil }
            let shares = figures.compactMap { $0.riseShare(year) }
            guard shares.count == figures.count else { return nil }
            return Worst(
                coverage: figures.map(\.coverage).min() ?? 0,
                atLeastP: figures.compactMap(\.stated.atLeastP).min() ?? 1,
                riseShare: shares.max() ?? 0, cost: figures.map(\.cost).max() ?? 0)
        }
    }

    /// The least coverage and p-value, the largest share of a rise and cost.
    package struct Worst: Hashable, Sendable {
        package let coverage: Double
        package let atLeastP: Double
        package let riseShare: Double
        package let cost: Double

        /// Whether another is no worse in coverage, rise and cost, and better in one.
        func isBeaten(by other: Worst) -> Bool {
            other.coverage >= coverage && other.riseShare <= riseShare && other.cost <= cost
                && (other.coverage > coverage || other.riseShare < riseShare || other.cost < cost)
        }
    }

    package let points: [Point]
    package let walks: [StatedWalk]
    /// Calendar years whose rises are told; the first decides of the frontier.
    package let years: [Int]

    /// Walks every choice of changes over every history, on up to so many tasks, on which no figure depends.
    /// - Throws: `Failure` 65 for a value that is none; what a rule is refused for stands in its place.
    package init(
        _ walks: [StatedWalk], _ choices: [[RuleChange]], years: [Int], from first: BusinessDate?, riseDays: Int,
        threads: Int
    ) async throws {
        self.walks = walks
        self.years = years
        let tasks = try choices.flatMap { changes in try walks.map { try $0.changed(changes) } }
        let own = await inChunks(tasks.count, threads: threads, of: 1) { chunk in
            chunk.map { OwnWalks(tasks[$0], from: first, riseDays: riseDays) }
        }
        // Rules with the same core share one walk without tools.
        var places: [BareWalk: Int] = [:]
        var wanted: [(walk: StatedWalk, firstDay: BusinessDate)] = []
        let benchmarks = zip(tasks, own).map { task, own -> Int? in
            guard case .success(let found) = own.result else { return nil }
            let key = BareWalk(task, firstDay: found.firstDay)
            if let place = places[key] { return place }
            places[key] = wanted.count
            wanted.append((task, key.firstDay))
            return wanted.count - 1
        }
        let asked = wanted
        let bare = await inChunks(asked.count, threads: threads, of: 1) { chunk in
            chunk.map { place in
                OwnWalks.walked(
                    asked[place].walk, .noTools, beside: nil, firstDay: asked[place].firstDay, from: first,
                    riseDays: riseDays
                ).map(\.summary)
            }
        }
        points = choices.indices.map { choice in
            Point(
                number: choice + 1, changes: choices[choice],
                results: walks.indices.map { walk in
                    let place = choice * walks.count + walk
                    return own[place].result.flatMap { found in
                        guard let benchmark = benchmarks[place] else {
                            preconditionFailure("a walk that is not refused has one without tools")
                        }
                        return bare[benchmark].map {
                            Figures(stated: found.stated, unlimited: found.unlimited, bare: $0)
                        }
                    }
                })
        }
    }

    /// The rules that no other is better than in coverage, rise and cost alike, by their largest share of a rise.
    package var frontier: [Point] {
        guard let year = years.first else { return [] }
        let known = points.compactMap { point in point.worst(year).map { (point: point, worst: $0) } }
        return known.filter { one in !known.contains { one.worst.isBeaten(by: $0.worst) } }
            .sorted { ($0.worst.riseShare, $0.point.number) < ($1.worst.riseShare, $1.point.number) }.map(\.point)
    }
}

/// A rule with its limit and without.
private struct OwnWalks: Sendable {
    struct Found: Sendable {
        /// Of the walk, whatever days are told of.
        let firstDay: BusinessDate
        let stated: WalkSummary
        let unlimited: WalkSummary
    }

    let result: Result<Found, Failure>

    init(_ walk: StatedWalk, from first: BusinessDate?, riseDays: Int) {
        let stated = Self.walked(walk, .stated, beside: nil, firstDay: nil, from: first, riseDays: riseDays)
        result = stated.flatMap { stated in
            let start = stated.walk.days[0].date
            guard walk.terms.rule.stepLimit != nil else {
                return .success(Found(firstDay: start, stated: stated.summary, unlimited: stated.summary))
            }
            return Self.walked(
                walk, .noStepLimit, beside: stated.walk, firstDay: start, from: first, riseDays: riseDays
            ).map {
                Found(firstDay: start, stated: stated.summary, unlimited: $0.summary)
            }
        }
    }

    static func walked(
        _ walk: StatedWalk, _ variant: HistoryWalks.Variant, beside other: WalkForward?, firstDay: BusinessDate?,
        from first: BusinessDate?, riseDays: Int
    ) -> Result<HistoryWalks.Walked, Failure> {
        Result {
            try HistoryWalks.Walked(
                walk, variant, beside: other, firstDay: firstDay, from: first, riseDays: riseDays)
        }
        .mapError { Failure(walkForward: $0, of: walk.code) }
    }
}

/// What a walk without tools depends on.
private struct BareWalk: Hashable {
    let code: WalkForwardCode
    let rule: CalibrationRule
    let returnKind: String
    let recalibrateDays: Int
    let firstDay: BusinessDate

    init(_ walk: StatedWalk, firstDay: BusinessDate) {
        code = walk.code
        var bare = walk.terms.rule.withoutTools
        bare.stressedWindows = []
        rule = bare
        returnKind = walk.history.returnKind.rawValue
        recalibrateDays = walk.terms.recalibrateDays
        self.firstDay = firstDay
    }
}
