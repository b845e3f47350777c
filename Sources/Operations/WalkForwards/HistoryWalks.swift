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

    /// What other methods cost at the coverage that a walk achieved, as it is stated.
    package struct Efficiency: Sendable {
        package let code: WalkForwardCode
        package let currency: Currency
        package let rows: [EfficiencyRow]
    }

    /// By walk in the order of the file, then by variant; a rule without step limit has no `no_step_limit`.
    package let walks: [Walked]
    /// In the order of the file.
    package let efficiency: [Efficiency]
    /// Days within which a rise is looked for.
    package let riseDays: Int
    /// The first day that is told of; nil: the walk's.
    let first: BusinessDate?
    /// Windows and horizons of the disclosure that is written; nil for none.
    let disclosure: DisclosureTerms?

    /// Walks every row and compares what it achieved with other methods, on up to so many tasks, on which no figure
    /// depends; tells of the days from `first` on.
    /// - Throws: `Failure` 65 for the first walk that is refused.
    package init(
        _ stated: [StatedWalk], from first: BusinessDate?, riseDays: Int, disclosure: DisclosureTerms? = nil,
        threads: Int
    ) async throws {
        self.riseDays = riseDays
        self.first = first
        self.disclosure = disclosure
        let walks = try await Self.walked(stated, from: first, riseDays: riseDays, threads: threads)
        self.walks = walks.flatMap(\.self)
        efficiency = try await inChunks(walks.count, threads: threads, of: 1) { chunk in
            chunk.map { place in
                let (own, bare) = (walks[place][0], walks[place].first { $0.variant == .noTools })
                return Result { try own.efficiency(from: first, withoutTools: bare?.walk) }
                    .mapError { Failure(walkForward: $0, of: own.stated.code) }
            }
        }
        .map { try $0.get() }
    }

    /// Walks every row: each with its variants behind it.
    /// - Throws: `Failure` 65 for the first walk that is refused.
    package static func walked(
        _ stated: [StatedWalk], from first: BusinessDate?, riseDays: Int, threads: Int
    ) async throws -> [[Walked]] {
        try await walk(stated, from: first, riseDays: riseDays, threads: threads).map { try $0.map { try $0.get() } }
    }

    /// A walk as stated, by its place, or a variant of it beside that one.
    private struct Asked: Sendable {
        let place: Int
        let variant: Variant
        let beside: WalkForward?
    }

    /// By walk and variant, each or its refusal. A walk's variants are begun as soon as it has measured the history for
    /// them, whatever the others do.
    private static func walk(
        _ stated: [StatedWalk], from first: BusinessDate?, riseDays: Int, threads: Int
    ) async -> [[Result<Walked, Failure>]] {
        var found = [[Variant: Result<Walked, Failure>]](repeating: [:], count: stated.count)
        var waiting = stated.indices.map { Asked(place: $0, variant: .stated, beside: nil) }[...]
        await withTaskGroup(of: (Asked, Result<Walked, Failure>).self) { group in
            var running = 0
            func fill() {
                while running < max(1, threads), let task = waiting.popFirst() {
                    let row = stated[task.place]
                    group.addTask {
                        let walked = Result {
                            try Walked(row, task.variant, beside: task.beside, from: first, riseDays: riseDays)
                        }
                        return (task, walked.mapError { Failure(walkForward: $0, of: row.code) })
                    }
                    running += 1
                }
            }
            fill()
            while let (task, walked) = await group.next() {
                running -= 1
                found[task.place][task.variant] = walked
                if task.variant == .stated, case .success(let walked) = walked {
                    for variant in variants(beside: stated[task.place]) {
                        waiting.append(Asked(place: task.place, variant: variant, beside: walked.walk))
                    }
                }
                fill()
            }
        }
        return found.map { variants in Variant.allCases.compactMap { variants[$0] } }
    }

    /// A rule without step limit has no `no_step_limit`.
    private static func variants(beside stated: StatedWalk) -> [Variant] {
        stated.terms.rule.stepLimit == nil ? [.noTools] : [.noStepLimit, .noTools]
    }

    /// The same walk's other variant.
    package func other(_ variant: Variant, of walked: Walked) -> Walked? {
        walks.first { $0.stated.code == walked.stated.code && $0.variant == variant }
    }
}

extension HistoryWalks.Walked {
    fileprivate func efficiency(
        from first: BusinessDate?, withoutTools bare: WalkForward?
    ) throws -> HistoryWalks.Efficiency {
        HistoryWalks.Efficiency(
            code: stated.code, currency: stated.terms.currency,
            rows: try walk.efficiency(
                stated.history, from: first, withoutTools: bare, name: stated.code.text))
    }

    /// Beside another walk of the same row: from its first day, on its measures; else from the day that is named.
    init(
        _ stated: StatedWalk, _ variant: HistoryWalks.Variant, beside other: WalkForward?,
        firstDay: BusinessDate? = nil, from first: BusinessDate?, riseDays: Int
    ) throws {
        self.stated = stated
        self.variant = variant
        walk = try WalkForward(
            WalkForwardTerms(
                rule: variant.rule(stated.terms.rule), contractValueFactor: stated.terms.contractValueFactor,
                currency: stated.terms.currency, recalibrateDays: stated.terms.recalibrateDays,
                firstDay: other?.days.first?.date ?? firstDay ?? stated.terms.firstDay),
            history: stated.history, measured: other)
        summary = try WalkSummary(walk, from: first, riseDays: riseDays, of: "\(stated.code) \(variant.rawValue)")
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
