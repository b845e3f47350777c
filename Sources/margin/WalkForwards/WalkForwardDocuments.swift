import Calibration
import ClearingModel
import Margining
import Operations
import Quantities
import Runtime
import Scenarios
import Storage
import Validation

/// Walks over histories as `--json` prints them; amounts are texts in the currency of the walk.
struct WalkDocument: Encodable {
    /// Some days of a walk.
    struct Span: Encodable {
        let firstDay: String
        let lastDay: String
        let nights: Int
        let exceptions: Int
        let average: String
        let rise: Double
        let riseFrom: String?
        let riseTo: String?
        let belowCoreDays: Int

        init(_ span: WalkSummary.Span, _ currency: Currency) {
            firstDay = "\(span.firstDay)"
            lastDay = "\(span.lastDay)"
            nights = span.nights
            exceptions = span.exceptions
            average = Money(minorUnits: Int64(span.mean.rounded()), currency: currency).text
            rise = span.rise
            riseFrom = span.riseFrom.map { "\($0)" }
            riseTo = span.riseTo.map { "\($0)" }
            belowCoreDays = span.belowCoreDays
        }
    }
    struct Walk: Encodable {
        let walkForward: String
        let factor: String
        let returnKind: String
        let variant: String
        let currency: String
        let whole: Span
        let years: [String: Span]
        let pAtLeast: Double?
        let verdict: String?
        let zone: String?
        let peakToTrough: Double
        /// Left out of the walk without tools, that it is held against.
        let cost: Double?
        let lastRange: String
    }
    /// What a method costs at the coverage of the rule as it is stated.
    struct Method: Encodable {
        let walkForward: String
        let method: String
        let nights: Int
        let allowed: Int
        let exceptions: Int?
        let multiplier: String?
        let average: String?
        /// Over the rule's, both at that coverage.
        let ratio: String?
        /// Mean of what is above the scaled margin.
        let excess: String?
        let refusal: String?

        init(_ row: EfficiencyRow, _ one: HistoryWalks.Efficiency) {
            walkForward = one.code.text
            method = row.method.rawValue
            nights = row.nights
            allowed = row.exceptions
            var (outcome, refusal): (EfficiencyRow.Outcome?, String?) = (nil, nil)
            switch row.outcome {
            case .success(let found): outcome = found
            case .failure(let error): refusal = "\(error.rule.rawValue) \(error.item)"
            }
            exceptions = outcome?.method.exceptions
            multiplier = outcome.map { "\($0.method.multiplier.rounded(toScale: 12))" }
            average = outcome.map { Money(minorUnits: $0.method.average, currency: one.currency).text }
            ratio = outcome?.ratio?.text(decimals: 6)
            excess = outcome?.method.excess.map { Money(minorUnits: $0, currency: one.currency).text }
            self.refusal = refusal
        }
    }

    let riseDays: Int
    let walks: [Walk]
    let efficiency: [Method]

    init(_ walked: HistoryWalks) {
        riseDays = walked.riseDays
        efficiency = walked.efficiency.flatMap { one in one.rows.map { Method($0, one) } }
        walks = walked.walks.map { one in
            let (summary, currency) = (one.summary, one.stated.terms.currency)
            let bare = one.variant == .noTools ? nil : walked.other(.noTools, of: one)
            return Walk(
                walkForward: one.stated.code.text, factor: "\(one.stated.history.factor)",
                returnKind: one.stated.history.returnKind.rawValue, variant: one.variant.rawValue,
                currency: "\(currency.code)", whole: Span(summary.whole, currency),
                years: Dictionary(
                    summary.years.map { ("\($0.year)", Span($0.span, currency)) }, uniquingKeysWith: { $1 }),
                pAtLeast: summary.atLeastP, verdict: summary.tests?.verdict.rawValue, zone: summary.zone?.rawValue,
                peakToTrough: summary.peakToTrough, cost: bare.map { summary.cost(against: $0.summary) },
                lastRange: "\(summary.lastRange)")
        }
    }
}

/// Many rules walked, as `--json` prints them.
struct SearchDocument: Encodable {
    struct Figures: Encodable {
        let walkForward: String
        let nights: Int?
        let exceptions: Int?
        let pAtLeast: Double?
        let cost: Double?
        /// By year: the rise as a share of the rise without tools.
        let riseShares: [String: Double]?
        let belowCoreDays: Int?
        let refusal: String?
    }
    struct Point: Encodable {
        let number: Int
        let changes: String
        let isFrontier: Bool
        let walks: [Figures]
    }

    let years: [Int]
    let points: [Point]

    init(_ search: RuleSearch) {
        years = search.years
        let best = Set(search.frontier.map(\.number))
        points = search.points.map { point in
            Point(
                number: point.number, changes: point.text, isFrontier: best.contains(point.number),
                walks: zip(search.walks, point.results).map { walk, result in
                    switch result {
                    case .failure(let failure):
                        Figures(
                            walkForward: walk.code.text, nights: nil, exceptions: nil, pAtLeast: nil, cost: nil,
                            riseShares: nil, belowCoreDays: nil, refusal: failure.message)
                    case .success(let found):
                        Figures(
                            walkForward: walk.code.text, nights: found.stated.whole.nights,
                            exceptions: found.stated.whole.exceptions, pAtLeast: found.stated.atLeastP,
                            cost: found.cost,
                            riseShares: Dictionary(
                                search.years.compactMap { year in found.riseShare(year).map { ("\(year)", $0) } },
                                uniquingKeysWith: { $1 }),
                            belowCoreDays: found.stated.whole.belowCoreDays, refusal: nil)
                    }
                })
        }
    }
}
