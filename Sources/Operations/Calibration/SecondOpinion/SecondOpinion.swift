import Calibration
import ClearingModel
import Margining
import Quantities
import Reporting
import Runtime
import Storage
import TextFiles
import Validation

/// What the data says beside a proposed calibration (docs/methodology.md §10.6): it proposes nothing, and no figure of
/// the proposed set follows from it. Whatever cannot be computed is told by rule and item in the row that it lacks.
struct SecondOpinion: Sendable {
    /// A calendar or inter-commodity spread with what the rule of §10 proposes and what is in force.
    struct Spread: Sendable {
        let rule: CalibrationRule
        let proposed: ExactDecimal
        let standing: ExactDecimal?
        let walk: Result<ChallengedWalk, SensitivityRefusal>
    }

    /// Two products, by places in `products`.
    struct Pair: Sendable {
        let left: Int
        let right: Int
        let distance: Double
        let isJoined: Bool
        /// Inter-commodity spreads in force with both among their legs, by code.
        let spreads: [String]
        let walk: Result<PairWalk, SensitivityRefusal>
    }

    let learned: LearnedCorrelations
    /// Those of offset rates, then those of calendar charges, each by key.
    let spreads: [Spread]
    let products: [PricedProduct]
    /// Of the calibration day.
    let groups: ProductGroups?
    let pairs: [Pair]
    let curves: [(curve: PriceCurve, components: Result<CurveComponents, CalibrationRefusal>)]

    /// `rules` are parallel to `figures`, what they propose; histories are those of their factors up to `date`,
    /// `joined` the spreads of the set in force.
    init(
        _ rules: [CalibrationRule], figures: [CalibratedFigure], histories: [RiskFactorCode: FactorHistory],
        standing: [CalibrationRow: StandingValue], joined: [JoinedCommodities], on date: BusinessDate,
        _ terms: LearningTerms
    ) {
        let learned = LearnedCorrelations(rules, histories: histories, on: date, terms)
        let curves = PriceCurve.curves(rules)
        self.learned = learned
        self.curves = curves.map { curve in
            (curve, Result { () throws(CalibrationRefusal) in try CurveComponents(curve, learned, on: date) })
        }
        let studied = zip(rules, figures).filter { rule, _ in rule.item == .offsetRate || rule.item == .intraSpread }
        spreads = studied.map { rule, figure in
            let curve = rule.item == .offsetRate ? nil : curves.first { Set(rule.factors).isSubset(of: $0.tenors) }
            let inForce = standing[rule.row]?.value
            return Spread(
                rule: rule, proposed: figure.new, standing: inForce,
                walk: Self.told {
                    try ChallengedWalk(rule, curve: curve, histories: histories, standing: inForce, learned)
                })
        }.sorted { left, right in
            left.rule.item != right.rule.item ? left.rule.item == .offsetRate : left.rule.row < right.rule.row
        }
        let products = PricedProduct.products(rules)
        let all = learned.days.map { day in
            (try? day.correlation.get()).map { ProductGroups(products, $0, cut: terms.groupDistance) }
        }
        self.products = products
        groups = all[all.count - 1]
        pairs = groups.map { Self.pairs($0, all, joined, learned) } ?? []
    }

    private static func told<Value>(_ body: () throws -> Value) -> Result<Value, SensitivityRefusal> {
        Result(catching: body).mapError { SensitivityRefusal($0) }
    }

    private static func pairs(
        _ groups: ProductGroups, _ all: [ProductGroups?], _ joined: [JoinedCommodities], _ learned: LearnedCorrelations
    ) -> [Pair] {
        groups.products.indices.flatMap { left in
            groups.products.indices.filter { $0 > left }.map { right in
                let (one, other) = (groups.products[left], groups.products[right])
                return Pair(
                    left: left, right: right, distance: groups.distances[left][right],
                    isJoined: groups.group(of: left) == groups.group(of: right),
                    spreads: joined.filter {
                        $0.combinedCommodities.isSuperset(of: [one.combinedCommodity, other.combinedCommodity])
                    }.map(\.spread.text),
                    walk: told { try PairWalk(one, other, groups: all, learned) })
            }
        }
    }
}

extension SecondOpinion {
    /// What the page of the calibration shows: a row a spread and method that was walked.
    var pageRows: [CalibrationPageContent.Opinion] {
        spreads.flatMap { spread -> [CalibrationPageContent.Opinion] in
            guard let walk = try? spread.walk.get() else { return [] }
            return walk.rows.map { row in
                let value: ExactDecimal? =
                    switch row.method {
                    case .historical: spread.proposed
                    case .standing: spread.standing
                    case .learned: try? LearnedOffsetRate(spread.rule, learned.now).rate
                    case .components: nil
                    }
                return CalibrationPageContent.Opinion(
                    spread: spread.rule.name, method: row.method.rawValue, value: value,
                    exceptions: row.tests.raw.exceptions, nights: row.tests.raw.nights,
                    coverage: row.tests.raw.coverage.rounded(toScale: 6), meanMargin: SpreadMoney.money(row.meanMargin),
                    covers: row.covers?.rawValue ?? "")
            }
        }
    }

    /// Writes its reports into a folder beside those of the calibration that it is an opinion on.
    /// - Throws: `Failure` 74 where they cannot be written.
    func write(into made: NewTableFolder, header: [String: JSONValue]) throws {
        let terms: [String: JSONValue] = [
            "look_back_days": .integer(Int64(learned.terms.lookBackDays)),
            "min_observations": .integer(Int64(learned.terms.minObservations)),
            "max_gap_days": .integer(Int64(learned.terms.maxGapDays)),
            "horizon_days": .integer(Int64(learned.horizonDays)),
            "walk_days": .integer(Int64(learned.terms.walkDays)),
            "group_distance": .text("\(learned.terms.groupDistance)"),
        ]
        for report in Report.allCases {
            try made.write(
                report.rawValue, header: header.merging(terms) { $1 }, columns: report.columns, rows: rows(report))
        }
    }
}
