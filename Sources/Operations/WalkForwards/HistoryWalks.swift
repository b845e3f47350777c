import Calibration
import ClearingModel
import ParallelWork
import Quantities
import Runtime
import Storage
import Validation

/// Walk-forwards over histories from files: each as its rule is stated, without the step limit, and without any tool,
/// all from the same first day (docs/methodology.md §12.1, §12.5).
package struct HistoryWalks: Sendable {
    /// What is left of the rule; the raw value is its name in tables.
    package enum Variant: String, CaseIterable, Sendable {
        case stated
        case noStepLimit = "no_step_limit"
        case noTools = "no_tools"

        func rule(_ rule: CalibrationRule) -> CalibrationRule {
            var changed = rule
            switch self {
            case .stated: break
            case .noStepLimit: changed.stepLimit = nil
            case .noTools: changed = rule.withoutTools
            }
            return changed
        }
    }

    /// One walk.
    package struct Walked: Sendable {
        package let stated: StatedWalk
        package let variant: Variant
        package let walk: WalkForward
        package let summary: WalkSummary
    }

    /// By walk in the order of the file, then by variant; a rule without step limit has no `no_step_limit`.
    package let walks: [Walked]
    /// Days within which a rise is looked for.
    package let riseDays: Int

    /// Walks every row, on up to so many tasks, on which no figure depends.
    /// - Throws: `Failure` 65 for the first walk that is refused.
    package init(_ stated: [StatedWalk], riseDays: Int, threads: Int) async throws {
        self.riseDays = riseDays
        let first = try await Self.walk(
            stated.map { ($0, .stated, $0.terms.firstDay) }, riseDays: riseDays, threads: threads)
        let others = first.flatMap { walked -> [(StatedWalk, Variant, BusinessDate?)] in
            let start = walked.summary.whole.firstDay
            let limited: [Variant] = walked.stated.terms.rule.stepLimit == nil ? [] : [.noStepLimit]
            return (limited + [.noTools]).map { (walked.stated, $0, start) }
        }
        let rest = try await Self.walk(others, riseDays: riseDays, threads: threads)
        walks = first.flatMap { walked in [walked] + rest.filter { $0.stated.code == walked.stated.code } }
    }

    private static func walk(
        _ tasks: [(StatedWalk, Variant, BusinessDate?)], riseDays: Int, threads: Int
    ) async throws -> [Walked] {
        let results = await inChunks(tasks.count, threads: threads, of: 1) { chunk in
            chunk.map { place in
                let (stated, variant, firstDay) = tasks[place]
                return Result { try Walked(stated, variant, firstDay: firstDay, riseDays: riseDays) }
                    .mapError { Failure(walkForward: $0, of: stated.code) }
            }
        }
        return try results.map { try $0.get() }
    }

    /// The same walk's other variant.
    package func other(_ variant: Variant, of walked: Walked) -> Walked? {
        walks.first { $0.stated.code == walked.stated.code && $0.variant == variant }
    }
}

extension HistoryWalks.Walked {
    init(_ stated: StatedWalk, _ variant: HistoryWalks.Variant, firstDay: BusinessDate?, riseDays: Int) throws {
        self.stated = stated
        self.variant = variant
        walk = try WalkForward(
            WalkForwardTerms(
                rule: variant.rule(stated.terms.rule), contractValueFactor: stated.terms.contractValueFactor,
                currency: stated.terms.currency, recalibrateDays: stated.terms.recalibrateDays, firstDay: firstDay),
            history: stated.history)
        summary = try WalkSummary(walk, riseDays: riseDays, of: "\(stated.code) \(variant.rawValue)")
    }
}

extension WalkSummary {
    /// How much more the margin is on average than another's of the same days; 0.1 is a tenth more.
    package func cost(against bare: WalkSummary) -> Double { whole.mean / bare.whole.mean - 1 }

    /// P(X ≥ x) of the thinned series where days overlap, else of all days.
    package var atLeastP: Double? { tests.map { $0.thinned?.atLeastP ?? $0.raw.atLeastP } }

    /// The worst of the thinned series, else that of all days.
    package var zone: TrafficLightZone? { tests.map { $0.thinned?.zone ?? $0.raw.trafficLight.zone } }

    /// The days of a calendar year; nil where it has none.
    package func year(_ year: Int) -> Span? { years.first { $0.year == year }?.span }
}
