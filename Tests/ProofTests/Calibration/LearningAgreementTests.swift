import Calibration
import ClearingModel
import Margining
import PlainMargin
import Quantities
import Scenarios
import TestSupport
import Testing
import Validation

/// What is learned (docs/methodology.md §10.6) against the second implementation: what is left out, correlations,
/// groups, rates, and the walk beside the table's rate. A failure prints the seed.
struct LearningAgreementTests {
    private static let seeds = UInt64(60_000)..<60_240
    private static let least = [
        "history_stale": 5, "history_gap": 5, "log_of_non_positive": 3, "too_few_observations": 5, "history_hole": 2,
        "history_not_moving": 2, "shrunk": 60, "grouped": 40, "walked": 40, "exception": 10, "refused": 5,
        "better": 1, "worse": 10,
    ]

    @Test func `both implementations learn alike`() throws {
        var tally: [String: Int] = [:]
        for seed in Self.seeds {
            let house = LearningHouse(seed: seed)
            let differences = try Self.differences(house, &tally)
            #expect(differences.isEmpty, "seed \(seed): \(differences.prefix(3))")
        }
        for (mark, count) in Self.least.sorted(by: { $0.key < $1.key }) {
            #expect(tally[mark, default: 0] >= count, "\(mark): \(tally[mark, default: 0])")
        }
    }

    private static func differences(_ house: LearningHouse, _ tally: inout [String: Int]) throws -> [String] {
        var histories: [RiskFactorCode: FactorHistory] = [:]
        for factor in house.factors {
            let code = RiskFactorCode(factor.code)
            histories[code] = try FactorHistory(
                factor: code, returnKind: factor.isLog ? .log : .absolute,
                dates: factor.days.map(CalibrationTranslation.date),
                levels: factor.levels.map(CalibrationTranslation.decimal))
        }
        let offset = CalibrationTranslation.rule(house.rule)
        let rules =
            house.factors.map { factor in
                CalibrationRule(
                    item: .priceScanRange, key: CalibrationKey(factor.code), kind: .amount,
                    basis: .factor(RiskFactorCode(factor.code)), confidence: offset.confidence, increment: .one)
            } + [offset]
        var terms = LearningTerms()
        terms.lookBackDays = house.terms.lookBack
        terms.minObservations = house.terms.least
        terms.walkDays = house.walkDays
        let today = CalibrationTranslation.date(LearningHouse.today)
        let learned = LearnedCorrelations(rules, histories: histories, on: today, terms)
        let plain = PlainLearning(house.factors, today: LearningHouse.today, house.terms)
        return now(learned, plain, rules, cut: house.cut, &tally)
            + walk(house, offset, histories, learned, &tally)
    }

    private static func now(
        _ learned: LearnedCorrelations, _ plain: PlainLearning, _ rules: [CalibrationRule], cut: Double,
        _ tally: inout [String: Int]
    ) -> [String] {
        var lines: [String] = []
        let refused = Dictionary(
            uniqueKeysWithValues: learned.now.refusals.map {
                ($0.key.text, "\($0.value.rule.rawValue) \($0.value.item)")
            })
        if refused != plain.refusals { lines.append("refused is \(refused), not \(plain.refusals)") }
        for refusal in plain.refusals.values {
            tally[String(refusal.prefix { $0 != " " }), default: 0] += 1
        }
        guard let found = try? learned.now.correlation.get() else {
            return plain.codes.count > 1 ? lines + ["no correlation"] : lines
        }
        func near(_ name: String, _ value: Double, _ wanted: Double) {
            if !((value - wanted).magnitude <= 1e-10) { lines.append("\(name) is \(value), not \(wanted)") }
        }
        guard found.factors.map(\.text) == plain.codes else { return lines + ["factors are \(found.factors)"] }
        near("intensity", found.intensity, plain.intensity)
        near("target", found.target, plain.mean)
        if plain.intensity > 0, plain.intensity < 1 { tally["shrunk", default: 0] += 1 }
        for i in plain.codes.indices {
            for j in plain.codes.indices where i != j {
                near("sample \(i) \(j)", found.sample[i][j], plain.sample[i][j])
                near("shrunk \(i) \(j)", found.shrunk[i][j], plain.shrunk[i][j])
            }
        }
        let products = PricedProduct.products(rules)
        let cutText = ExactDecimal(mantissa: Int128((cut * 100).rounded()), scale: 2)
        let groups = ProductGroups(products, found, cut: cutText)
        let sets = Set(groups.groups.map { Set($0.map { groups.products[$0].combinedCommodity.text }) })
        if sets != plain.groups(cut: cut) { lines.append("groups are \(sets), not \(plain.groups(cut: cut))") }
        if sets.count > 1, sets.count < plain.codes.count { tally["grouped", default: 0] += 1 }
        return lines
    }

    private static func walk(
        _ house: LearningHouse, _ offset: CalibrationRule, _ histories: [RiskFactorCode: FactorHistory],
        _ learned: LearnedCorrelations, _ tally: inout [String: Int]
    ) -> [String] {
        var plain: PlainChallenge?
        var refused = ""
        do throws(PlainCalibrationRefusal) {
            plain = try PlainChallenge(
                house.rule, house.factors, today: LearningHouse.today, every: house.walkDays, house.terms)
        } catch { refused = error.description }
        do {
            let walk = try ChallengedWalk(offset, curve: nil, histories: histories, standing: nil, learned)
            guard let plain else { return ["the walk is not refused, as \(refused)"] }
            guard plain.days > 0 else { return walk.rows.isEmpty ? [] : ["the walk has tested days"] }
            return differences(walk, plain, &tally)
        } catch let refusal as CalibrationRefusal {
            tally["refused", default: 0] += 1
            let found = "\(refusal.rule.rawValue) \(refusal.item)"
            return found == refused ? [] : ["the walk is refused \(found), not \(refused)"]
        } catch { return ["\(error)"] }
    }

    private static func differences(
        _ walk: ChallengedWalk, _ plain: PlainChallenge, _ tally: inout [String: Int]
    ) -> [String] {
        var lines: [String] = []
        guard walk.rows.map(\.method) == [.historical, .learned] else { return ["rows are \(walk.rows.map(\.method))"] }
        tally["walked", default: 0] += 1
        if plain.historical + plain.learned > 0 { tally["exception", default: 0] += 1 }
        if let covers = walk.rows[1].covers { tally[covers.rawValue, default: 0] += 1 }
        for (row, exceptions, margins) in [
            (walk.rows[0], plain.historical, plain.margins.historical),
            (walk.rows[1], plain.learned, plain.margins.learned),
        ] {
            if row.tests.raw.nights != plain.days {
                lines.append("days are \(row.tests.raw.nights), not \(plain.days)")
            }
            if row.tests.raw.exceptions != exceptions {
                lines.append("\(row.method) has \(row.tests.raw.exceptions) exceptions, not \(exceptions)")
            }
            let mean = margins / Double(plain.days)
            if (row.meanMargin - mean).magnitude > 1e-9 * max(1, mean) {
                lines.append("mean margin of \(row.method) is \(row.meanMargin), not \(mean)")
            }
        }
        return lines
    }
}
