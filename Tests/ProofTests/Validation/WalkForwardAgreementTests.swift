import Calibration
import ClearingModel
import Margining
import PlainMargin
import Quantities
import Scenarios
import TestSupport
import Testing
import Validation

/// Walk-forwards (`Sources/Validation`) against the second implementation: every calibration, margin and exposure of
/// random rules and histories, and of refused ones the rule with what it names. A failure prints the seed.
struct WalkForwardAgreementTests {
    private static let seeds = UInt64(30_000)..<30_300
    private static let least = [
        "walked": 60, "percent": 10, "several": 40, "exception": 20, "drawn": 5, "up": 5, "history_gap": 1,
        "log_of_non_positive": 1, "too_few_observations": 2, "started": 10,
    ]

    @Test func `both implementations walk alike`() {
        var tally: [String: Int] = [:]
        for seed in Self.seeds {
            var draw = CalibrationHouse(seed: seed)
            let house = draw.make()
            var random = SeededGenerator(seed: seed)
            for rule in house.rules where rule.item == .priceScanRange {
                guard let factor = house.factors.first(where: { $0.code == rule.factor }) else { continue }
                let start = random.once(in: 4) ? random.one(of: factor.days) : nil
                if start != nil { tally["started", default: 0] += 1 }
                let differences = Self.differences(
                    rule, factor, contractValueFactor: random.one(of: ["1", "10", "0.5", "1000"]),
                    decimals: random.whole(0...2), recalibrate: random.whole(5...40), start: start, &tally)
                #expect(differences.isEmpty, "seed \(seed) \(rule.key): \(differences.prefix(3))")
            }
        }
        for (mark, count) in Self.least.sorted(by: { $0.key < $1.key }) {
            #expect(tally[mark, default: 0] >= count, "\(mark): \(tally[mark, default: 0])")
        }
    }

    private static func differences(
        _ rule: PlainCalibrationRule, _ factor: PlainFactor, contractValueFactor: Rational, decimals: Int,
        recalibrate: Int, start: PlainDay?, _ tally: inout [String: Int]
    ) -> [String] {
        var plain: PlainWalkForward?
        var refused = ""
        do throws(PlainCalibrationRefusal) {
            plain = try PlainWalkForward(
                rule, factor, contractValueFactor: contractValueFactor, decimals: decimals, recalibrate: recalibrate,
                start: start)
        } catch {
            refused = error.description
            tally[error.rule, default: 0] += 1
        }
        do {
            let walk = try product(rule, factor, contractValueFactor, decimals, recalibrate, start)
            guard let plain else { return ["refused is nothing, not \(refused)"] }
            count(plain, rule, &tally)
            return differences(walk, plain)
        } catch let refusal as CalibrationRefusal {
            let found = "\(refusal.rule.rawValue) \(refusal.item)"
            return found == refused ? [] : ["refused is \(found), not \(refused)"]
        } catch {
            return ["\(error)"]
        }
    }

    private static func product(
        _ rule: PlainCalibrationRule, _ factor: PlainFactor, _ contractValueFactor: Rational, _ decimals: Int,
        _ recalibrate: Int, _ start: PlainDay?
    ) throws -> WalkForward {
        let history = try FactorHistory(
            factor: RiskFactorCode(factor.code), returnKind: factor.isLog ? .log : .absolute,
            dates: factor.days.map(CalibrationTranslation.date),
            levels: factor.levels.map(CalibrationTranslation.decimal))
        let code = try #require(CurrencyCode("USD"))
        return try WalkForward(
            WalkForwardTerms(
                rule: CalibrationTranslation.rule(rule),
                contractValueFactor: CalibrationTranslation.decimal(contractValueFactor),
                currency: Currency(code: code, decimals: decimals), recalibrateDays: recalibrate,
                firstDay: start.map(CalibrationTranslation.date)),
            history: history)
    }

    private static func count(
        _ plain: PlainWalkForward, _ rule: PlainCalibrationRule, _ tally: inout [String: Int]
    ) {
        tally["walked", default: 0] += 1
        if rule.unit == .percent { tally["percent", default: 0] += 1 }
        if plain.figures.count > 1 { tally["several", default: 0] += 1 }
        if plain.days.contains(where: { day in day.either.map { $0 > day.margin } ?? false }) {
            tally["exception", default: 0] += 1
        }
        for (_, proposal) in plain.figures {
            tally[proposal.bufferState, default: 0] += 1
            tally[proposal.limited, default: 0] += 1
        }
    }

    private static func differences(_ walk: WalkForward, _ plain: PlainWalkForward) -> [String] {
        var lines: [String] = []
        func same(_ name: String, _ found: some Equatable, _ wanted: some Equatable) {
            if "\(found)" != "\(wanted)" { lines.append("\(name) is \(found), not \(wanted)") }
        }
        func units(_ value: Rational?) -> String { value.map { "\(CalibrationTranslation.decimal($0))" } ?? "none" }
        same("calibrations", walk.steps.count, plain.figures.count)
        for (number, (found, wanted)) in zip(walk.steps, plain.figures).enumerated() {
            same("calibration", "\(found.date)", "\(wanted.day)")
            same("range of \(wanted.day)", "\(found.value)", units(wanted.proposal.new))
            let figure = walk.figure(number)
            same("figure of \(wanted.day)", "\(figure.new)", units(wanted.proposal.new))
            same("bound of \(wanted.day)", "\(figure.bound)", wanted.proposal.bound)
        }
        same("days", walk.days.count, plain.days.count)
        for (found, wanted) in zip(walk.days, plain.days) {
            same("day", "\(found.date)", "\(wanted.day)")
            same("margin of \(wanted.day)", "\(found.margin)", units(wanted.margin))
            for (side, loss) in [
                (WalkForward.Side.long, wanted.long), (.short, wanted.short), (.either, wanted.either),
            ] { same("\(side) of \(wanted.day)", found.loss(side).map { "\($0)" } ?? "none", units(loss)) }
        }
        return lines
    }
}
