import Calibration
import ClearingModel
import Quantities
import Scenarios
import Testing

/// Correlations and rates that are learned (docs/methodology.md §10.6), by hand.
struct SecondOpinionTests {
    /// Moves whose mean is 0, four times over: X has variance 2, Y and Z have 1.
    static let moves = ["X": ["2", "-2", "0", "0"], "Y": ["1", "-1", "1", "-1"], "Z": ["1", "1", "-1", "-1"]]

    static func histories(
        _ moves: [String: [String]], times: Int = 4
    ) throws -> [RiskFactorCode: FactorHistory] {
        var found: [RiskFactorCode: FactorHistory] = [:]
        for (factor, own) in moves {
            let all = (0..<times).flatMap { _ in own }
            found[RiskFactorCode(factor)] = try history(levels(after: all), factor: factor)
        }
        return found
    }

    static func priced(_ factors: [String]) -> [CalibrationRule] {
        factors.map { factor in
            CalibrationRule(
                item: .priceScanRange, key: CalibrationKey(factor), kind: .amount,
                basis: .factor(RiskFactorCode(factor)), confidence: exact("0.99"), increment: exact("0.01"))
        }
    }

    static func spread(_ one: String, _ other: String, increment: String = "0.05") -> CalibrationRule {
        let legs = [(1, one, SpreadSide.a), (2, other, .b)].map { number, factor, side in
            CalibrationLeg(
                number: number, source: .factor(RiskFactorCode(factor)), ratio: .one, contractValueFactor: .one,
                side: side)
        }
        return CalibrationRule(
            item: .offsetRate, key: CalibrationKey("\(one)-\(other)"), basis: .legs(legs), confidence: exact("0.99"),
            increment: exact(increment))
    }

    static func terms(_ days: Int) -> LearningTerms {
        var terms = LearningTerms()
        (terms.lookBackDays, terms.minObservations) = (days, days)
        return terms
    }

    private static func learned(
        _ moves: [String: [String]] = moves, times: Int = 4, _ more: [CalibrationRule] = []
    ) throws -> LearnedCorrelations {
        let days = (moves.values.first?.count ?? 0) * times
        return LearnedCorrelations(
            priced(moves.keys.sorted()) + more, histories: try histories(moves, times: times), on: day(days),
            terms(days))
    }

    @Test func `correlations are drawn to their mean by the share that the paper's formula gives`() throws {
        // Divided by their deviations: s = √2/2 of X and Y, else 0; r̄ = √2/6.
        // π = 2 · (1/2 + 1 + 1), ρ beside the diagonal r̄ · √2/2 = 1/6, γ = 2 · (2/9 + 1/18 + 1/18) = 2/3.
        // (5 − 1/6)/(2/3) = 7.25, over 16 returns 29/64.
        let found = try Self.learned().now.correlation.get()
        let root = 2.0.squareRoot()
        #expect(found.factors.map(\.text) == ["X", "Y", "Z"] && found.observations == 16)
        #expect(found.firstDay == day(1) && found.lastDay == day(16))
        #expect(abs(found.sample[0][1] - root / 2) < 1e-14 && abs(found.sample[1][2]) < 1e-14)
        #expect(abs(found.target - root / 6) < 1e-14)
        #expect(abs(found.intensity - 29.0 / 64) < 1e-14)
        #expect(abs(found.shrunk[0][1] - (29.0 / 64 * root / 6 + 35.0 / 64 * root / 2)) < 1e-14)
        #expect(abs(found.shrunk[2][0] - 29.0 / 64 * root / 6) < 1e-14)
        #expect(found.shrunk[1][1] == 1)
        // Four returns: 7.25/4 is held to 1, and every pair is the mean.
        let few = try Self.learned(times: 1).now.correlation.get()
        #expect(few.intensity == 1 && abs(few.shrunk[1][2] - root / 6) < 1e-14)
        // Two factors are their own mean.
        let two = try Self.learned(Self.moves.filter { $0.key != "Z" }).now.correlation.get()
        #expect(two.intensity == 0 && two.shrunk[0][1] == two.sample[0][1])
    }

    @Test func `a learned rate is what of the legs' deviations the spread does not have`() throws {
        let rule = Self.spread("X", "Y")
        let learned = try Self.learned(Self.moves, [rule])
        let found = try LearnedOffsetRate(rule, learned.now)
        // Deviations √2 and 1, correlation √2 · (1/2 − 29/192): 1 − √(3 − 4 · (1/2 − 29/192))/(√2 + 1).
        let core = 1 - (3 - 4 * (0.5 - 29.0 / 192)).squareRoot() / (2.0.squareRoot() + 1)
        #expect(abs(found.core.double - core) < 1e-11 && found.rate == exact("0.45"))
        #expect(abs(found.shrunkCorrelation - 2.0.squareRoot() * (0.5 - 29.0 / 192)) < 1e-14)
        #expect(abs(found.sampleCorrelation - 2.0.squareRoot() / 2) < 1e-14)
        // The step limit of the rule is not the opinion's; its cap and its increment are.
        var limited = rule
        limited.stepLimit = exact("0.01")
        #expect(try LearnedOffsetRate(limited, learned.now).rate == exact("0.45"))
        limited.offset.cap = exact("0.32")
        #expect(try LearnedOffsetRate(limited, learned.now).rate == exact("0.3"))
        // Against each other they lose as much as alone, and the rate is held to 0.
        let against = try Self.learned(
            [
                "X": ["1", "-1"], "Y": ["-1", "1"],
            ], times: 8, [rule])
        let none = try LearnedOffsetRate(rule, against.now)
        #expect(none.core == .zero && none.rate == .zero && none.shrunkCorrelation == -1)
    }

    @Test func `returns are over the longest horizon of the rules, and share no day`() throws {
        // Over two days X moves by 0 and 0, then by 3 and −3, counted back from the last day; Y as X.
        var rule = Self.spread("X", "Y")
        rule.horizonDays = 2
        let own = ["1", "-1", "2", "1", "-2", "-1"]
        let histories = try Self.histories(["X": own, "Y": own], times: 3)
        let found = try LearnedCorrelations([rule], histories: histories, on: day(18), Self.terms(18))
            .now.correlation.get()
        #expect(found.observations == 9 && found.firstDay == day(2) && found.lastDay == day(18))
        // One day more in the look-back than two-day returns fit in: the first day is left over.
        let odd = try LearnedCorrelations([rule], histories: histories, on: day(17), Self.terms(17))
            .now.correlation.get()
        #expect(odd.observations == 8 && odd.firstDay == day(3) && odd.lastDay == day(17))
        var wide = rule
        wide.horizonDays = 10
        let refused = LearnedCorrelations([wide], histories: histories, on: day(18), Self.terms(18)).now
        #expect(refused.refusals[RiskFactorCode("X")]?.rule == .tooFewObservations)
    }

    @Test func `a leg of logarithms counts at its last level`() throws {
        var histories = try Self.histories(["Y": Self.moves["Y"] ?? []])
        let doubling = (0...16).map { $0 % 2 == 0 ? "50" : "100" }
        histories[RiskFactorCode("X")] = try history(doubling, .log, factor: "X")
        let rule = Self.spread("X", "Y", increment: "0.0001")
        let learned = LearnedCorrelations([rule], histories: histories, on: day(16), Self.terms(16))
        // Both go up and down by turns: correlation 1, deviations 50 · ln 2 and 1.
        let deviation = 50 * 0.693147180559945309
        let core = 1 - (deviation - 1) / (deviation + 1)
        #expect(abs(try LearnedOffsetRate(rule, learned.now).core.double - core) < 1e-9)
    }

    @Test func `products up to a distance are a group, the nearest first`() throws {
        // X and Z are one: correlations 1, 0, 0, their mean 1/3, and 3/4 of it after four returns: 1/2, 1/4, 1/4.
        let series = ["X": ["1", "1", "-1", "-1"], "Y": ["1", "-1", "-1", "1"], "Z": ["1", "1", "-1", "-1"]]
        let correlation = try Self.learned(series, times: 1).now.correlation.get()
        #expect(abs(correlation.intensity - 0.75) < 1e-14 && abs(correlation.shrunk[0][2] - 0.5) < 1e-14)
        let products = PricedProduct.products(Self.priced(["Z", "Y", "X"]))
        func groups(_ cut: String) -> [[Int]] { ProductGroups(products, correlation, cut: exact(cut)).groups }
        #expect(products.map(\.combinedCommodity.text) == ["X", "Y", "Z"])
        // Distances 1 and √1.5.
        #expect(groups("0.999") == [[0], [1], [2]])
        #expect(groups("1.001") == [[0, 2], [1]])
        #expect(groups("1.2247") == [[0, 2], [1]] && groups("1.2248") == [[0, 1, 2]])
        let found = ProductGroups(products, correlation, cut: exact("1.001"))
        #expect(found.group(of: 1) == 2 && found.group(of: 2) == 1)
        #expect(abs(found.distances[0][1] - 1.5.squareRoot()) < 1e-14)
    }

    @Test func `a curve's components are its moves in level, slope and curvature`() throws {
        // Moves 2·s1 + s2 + s3/2, 2·s1 − s3, 2·s1 − s2 + s3/2 of three signs that are independent of each other: the
        // variances along (1, 1, 1), (1, 0, −1) and (1, −2, 1) are 12, 2 and 1.5.
        let signs = (0..<8).map { (Double($0 & 4 == 0 ? 1 : -1), Double($0 & 2 == 0 ? 1 : -1), $0 & 1 == 0 ? 1.0 : -1) }
        let series = [
            "C1": signs.map { "\(2 * $0.0 + $0.1 + $0.2 / 2)" }, "C2": signs.map { "\(2 * $0.0 - $0.2)" },
            "C3": signs.map { "\(2 * $0.0 - $0.1 + $0.2 / 2)" },
        ]
        var rules = Self.priced(["C1", "C2", "C3"])
        for place in rules.indices {
            rules[place] = CalibrationRule(
                item: .priceScanRange, key: CalibrationKey("CRUDE 2024-0\(place + 1)"), kind: .amount,
                basis: rules[place].basis, confidence: exact("0.99"), increment: exact("0.01"))
        }
        var charge = CalibrationRule(
            item: .intraSpread, key: CalibrationKey("CRUDE NEAR-FAR"), basis: Self.spread("C1", "C3").basis,
            confidence: exact("0.99"), increment: exact("0.01"))
        let learned = LearnedCorrelations(
            rules + [charge], histories: try Self.histories(series, times: 2), on: day(16), Self.terms(16))
        let curve = try #require(PriceCurve.curves(rules + [charge]).first)
        #expect(curve.combinedCommodity.text == "CRUDE" && curve.tenors.map(\.text) == ["C1", "C2", "C3"])
        let found = try CurveComponents(curve, learned, on: day(16))
        for (share, wanted) in zip(found.shares, [12 / 15.5, 2 / 15.5, 1.5 / 15.5]) {
            #expect(abs(share - wanted) < 1e-14)
        }
        let wanted = [[1.0, 1, 1], [1, 0, -1], [1, -2, 1]].map { vector in
            let length = vector.map { $0 * $0 }.reduce(0, +).squareRoot()
            return vector.map { $0 / length }
        }
        for (loadings, vector) in zip(found.loadings, wanted) {
            for (loading, entry) in zip(loadings, vector) { #expect(abs(loading - entry) < 1e-14) }
        }
        // Near less far moves by 2·s2, and nothing of it is lost: 2 up to the increment; over two days 4.
        #expect(try found.charge(charge) == exact("2"))
        charge.horizonDays = 2
        #expect(try found.charge(charge) == exact("4"))
        let two = try #require(PriceCurve.curves(Array(rules.prefix(2))).first)
        #expect(refusal { _ = try CurveComponents(two, learned, on: day(16)) } == "too_few_tenors CRUDE")
    }
}
