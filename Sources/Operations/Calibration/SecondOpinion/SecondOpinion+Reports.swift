import Calibration
import ClearingModel
import Margining
import Quantities
import Storage
import Validation

extension SecondOpinion {
    /// The reports of a second opinion; the raw value is the name of a report's files.
    enum Report: String, CaseIterable {
        case rates = "second-opinion"
        case walks = "second-opinion-walk"
        case correlations = "shrunk-correlations"
        case groups = "product-groups"
        case pairs = "product-pairs"
        case components = "curve-components"

        fileprivate static let tested = [
            "first_day", "last_day", "n", "x", "coverage", "p_at_least", "verdict", "mean_margin", "mean_score",
        ]

        /// In the order of the cells of its rows.
        var columns: [String] {
            switch self {
            case .rates:
                [
                    "spread", "learned_rate", "proposed_rate", "rate_in_force", "core", "sample_correlation",
                    "shrunk_correlation", "target_correlation", "intensity", "factors", "observations", "first_day",
                    "last_day", "refusal",
                ]
            case .walks: ["item", "key", "method"] + Self.tested + ["covers", "refusal"]
            case .correlations:
                [
                    "risk_factor", "other_risk_factor", "sample_correlation", "shrunk_correlation",
                    "target_correlation", "intensity", "observations", "refusal",
                ]
            case .groups: ["combined_commodity", "risk_factor", "product_group", "members", "refusal"]
            case .pairs:
                ["combined_commodity", "other_combined_commodity", "distance", "is_joined", "spreads", "agreement"]
                    + Self.tested + ["refusal"]
            case .components:
                [
                    "combined_commodity", "component", "share", "cumulative_share", "loadings", "observations",
                    "first_day", "last_day", "refusal",
                ]
            }
        }
    }

    /// The rows of a report.
    func rows(_ report: Report) -> [[BacktestCell]] {
        switch report {
        case .rates: spreads.filter { $0.rule.item == .offsetRate }.map(rateRow)
        case .walks: spreads.flatMap(walkRows)
        case .correlations: correlationRows
        case .groups: groupRows
        case .pairs: pairs.map(pairRow)
        case .components: curves.flatMap { Self.rows($0.curve, $0.components) }
        }
    }

    private func rateRow(_ spread: Spread) -> [BacktestCell] {
        let known: [BacktestCell] = [.exact(spread.proposed), BacktestCell(spread.standing)]
        let name = BacktestCell.text(spread.rule.key.text)
        do throws(CalibrationRefusal) {
            let rate = try LearnedOffsetRate(spread.rule, learned.now)
            let correlation = try learned.now.correlation.get()
            return [name, .exact(rate.rate)] + known + [
                .exact(rate.core), .statistic(rate.sampleCorrelation), .statistic(rate.shrunkCorrelation),
                .statistic(correlation.target), .statistic(correlation.intensity), .count(correlation.factors.count),
                .count(correlation.observations), .date(correlation.firstDay), .date(correlation.lastDay), .null,
            ]
        } catch {
            return [name, .null] + known + Self.empty(9) + [Self.refused(error)]
        }
    }

    private func walkRows(_ spread: Spread) -> [[BacktestCell]] {
        let name: [BacktestCell] = [.text(spread.rule.item.rawValue), .text(spread.rule.key.text)]
        switch spread.walk {
        case .success(let walk):
            return walk.rows.map { row in
                name + [.text(row.method.rawValue)] + Self.cells(row) + [BacktestCell(row.covers?.rawValue), .null]
            }
        case .failure(let refusal): return [name + Self.empty(Report.tested.count + 2) + [.text(refusal.named)]]
        }
    }

    private static func cells(_ test: ChallengedMargin) -> [BacktestCell] {
        let raw = test.tests.raw
        return [
            .date(test.firstDay), .date(test.lastDay), .count(raw.nights), .count(raw.exceptions),
            .statistic(raw.coverage.double), .statistic(test.atLeastP), .text(test.tests.verdict.rawValue),
            .statistic(test.meanMargin), .statistic(test.meanScore),
        ]
    }

    private var correlationRows: [[BacktestCell]] {
        var rows: [[BacktestCell]] = []
        if let found = try? learned.now.correlation.get() {
            for (left, factor) in found.factors.enumerated() {
                for (right, other) in found.factors.enumerated().dropFirst(left + 1) {
                    rows.append([
                        .text(factor.text), .text(other.text), .statistic(found.sample[left][right]),
                        .statistic(found.shrunk[left][right]), .statistic(found.target), .statistic(found.intensity),
                        .count(found.observations), .null,
                    ])
                }
            }
        }
        let refused = learned.now.refusals.sorted { $0.key < $1.key }
        return rows + refused.map { [.text($0.key.text)] + Self.empty(6) + [Self.refused($0.value)] }
    }

    private var groupRows: [[BacktestCell]] {
        products.map { product in
            let name: [BacktestCell] = [.text(product.combinedCommodity.text), .text(product.factor.text)]
            guard let groups, let place = groups.products.firstIndex(of: product) else {
                return name + Self.empty(2) + [refusal(of: product)]
            }
            let number = groups.group(of: place)
            let members = groups.groups[number - 1].map { groups.products[$0].combinedCommodity.text }
            return name + [.count(number), .text(members.joined(separator: " ")), .null]
        }
    }

    /// Why a product stands in no group: its factor's history, or too few of all of them.
    private func refusal(of product: PricedProduct) -> BacktestCell {
        if let refusal = learned.now.refusals[product.factor] { return Self.refused(refusal) }
        if case .failure(let refusal) = learned.now.correlation { return Self.refused(refusal) }
        return .null
    }

    private func pairRow(_ pair: Pair) -> [BacktestCell] {
        let names = groups.map { [$0.products[pair.left], $0.products[pair.right]] } ?? []
        let agreement =
            switch (pair.isJoined, pair.spreads.isEmpty) {
            case (true, false), (false, true): "agrees"
            case (true, true): "data_only"
            case (false, false): "spread_only"
            }
        let known: [BacktestCell] =
            names.map { .text($0.combinedCommodity.text) } + [
                .statistic(pair.distance), .flag(pair.isJoined),
                pair.spreads.isEmpty ? .null : .text(pair.spreads.joined(separator: " ")), .text(agreement),
            ]
        switch pair.walk {
        case .success(let walk):
            return known + (walk.test.map(Self.cells) ?? Self.empty(Report.tested.count)) + [.null]
        case .failure(let refusal): return known + Self.empty(Report.tested.count) + [.text(refusal.named)]
        }
    }

    private static func rows(
        _ curve: PriceCurve, _ components: Result<CurveComponents, CalibrationRefusal>
    ) -> [[BacktestCell]] {
        let name = BacktestCell.text(curve.combinedCommodity.text)
        switch components {
        case .failure(let refusal): return [[name] + empty(7) + [refused(refusal)]]
        case .success(let found):
            var sum = 0.0
            return CurveComponents.Name.allCases.enumerated().map { place, component in
                sum += found.shares[place]
                let loadings = zip(found.tenors, found.loadings[place]).map { "\($0)=\($1)" }
                return [
                    name, .text(component.rawValue), .statistic(found.shares[place]), .statistic(sum),
                    .text(loadings.joined(separator: " ")), .count(found.observations), .date(found.firstDay),
                    .date(found.lastDay), .null,
                ]
            }
        }
    }

    private static func empty(_ count: Int) -> [BacktestCell] { Array(repeating: .null, count: count) }

    private static func refused(_ refusal: CalibrationRefusal) -> BacktestCell {
        .text("\(refusal.rule.rawValue) \(refusal.item)")
    }
}
