import Calibration
import ClearingModel
import Quantities
import Scenarios
import Testing
import Validation

/// Rates walked beside a second opinion's (docs/methodology.md §10.6), by hand.
struct ChallengedWalkTests {
    private static func decimal(_ text: String) -> ExactDecimal { ExactDecimal(text) ?? .zero }

    /// 1,200 levels: NEAR goes up and down by 2, FAR with it by 1, from the 1,000th on against it.
    private static func histories() throws -> [RiskFactorCode: FactorHistory] {
        var found: [RiskFactorCode: FactorHistory] = [:]
        for (factor, size) in [("NEAR", 2), ("FAR", 1)] {
            var level = 1_000
            var levels = [ExactDecimal(level)]
            for move in 0..<1_199 {
                let turns = factor == "FAR" && move >= 1_000
                level += (move % 2 == 0) != turns ? size : -size
                levels.append(ExactDecimal(level))
            }
            let first = BusinessDate(year: 2020, month: 1, day: 1)
            let code = RiskFactorCode(factor)
            found[code] = try FactorHistory(
                factor: code, returnKind: .absolute, dates: levels.indices.map { first.adding(days: $0) },
                levels: levels)
        }
        return found
    }

    private static let last = BusinessDate(year: 2020, month: 1, day: 1).adding(days: 1_199)

    private static func legs() -> CalibrationRule.Basis {
        .legs(
            [(1, "NEAR", SpreadSide.a), (2, "FAR", .b)].map { number, factor, side in
                CalibrationLeg(
                    number: number, source: .factor(RiskFactorCode(factor)), ratio: .one,
                    contractValueFactor: ExactDecimal(100), side: side)
            })
    }

    private static func rules() -> [CalibrationRule] {
        let ranges = ["NEAR", "FAR"].map { factor in
            CalibrationRule(
                item: .priceScanRange, key: CalibrationKey(factor), kind: .amount,
                basis: .factor(RiskFactorCode(factor)), confidence: decimal("0.99"), increment: .one)
        }
        return ranges + [
            CalibrationRule(
                item: .offsetRate, key: CalibrationKey("N-F"), basis: legs(), confidence: decimal("0.99"),
                increment: decimal("0.05"))
        ]
    }

    @Test func `both rates are held against the spread's losses with what was known by then`() throws {
        let (rules, histories) = (Self.rules(), try Self.histories())
        let learned = LearnedCorrelations(rules, histories: histories, on: Self.last, LearningTerms())
        let walk = try ChallengedWalk(
            rules[2], curve: nil, histories: histories, standing: Self.decimal("0.3"), learned)
        #expect(walk.rows.map(\.method) == [.historical, .standing, .learned])
        // Calibrated every 63rd day back from the last level: on the 317th there are 270 days for the first time.
        // Legs lose 200 and 100, the spread 100, so that both rates are 0.65 and both margins 105; from the 1,000th day
        // on it loses 300. Ten days later the historical rate has seen it, four times in a year, and is 0; the learned
        // one has 10 of 750 days against, correlation 73/75, rate 0.6, margin 120, and is too small to the end.
        let first = BusinessDate(year: 2020, month: 1, day: 1)
        for row in walk.rows {
            #expect(row.tests.raw.nights == 882)
            #expect(row.firstDay == first.adding(days: 317) && row.lastDay == first.adding(days: 1_198))
        }
        #expect(walk.rows.map(\.tests.raw.exceptions) == [10, 199, 199])
        #expect(walk.rows.map(\.covers) == [nil, .worse, .worse])
        #expect(walk.rows.map(\.tests.verdict) == [.watch, .reject, .reject])
        // 693 days at 105, 189 at 300; 0.3 leaves 210.
        #expect(abs(walk.rows[0].meanMargin - (693.0 * 105 + 189 * 300) / 882) < 1e-9)
        #expect(abs(walk.rows[1].meanMargin - 210) < 1e-9)
        // Losses of 100 under 210 cost a hundredth of 110, of 300 above it 0.99 of 90.
        #expect(abs(walk.rows[1].meanScore - (683 * 0.01 * 110 + 199 * 0.99 * 90) / 882) < 1e-9)
    }

    @Test func `a pair is tested on the days on which the data joins it`() throws {
        let (rules, histories) = (Self.rules(), try Self.histories())
        let learned = LearnedCorrelations(rules, histories: histories, on: Self.last, LearningTerms())
        let products = PricedProduct.products(rules)
        func walk(_ cut: String) throws -> ChallengedMargin? {
            let groups = learned.days.map { day -> ProductGroups? in
                guard case .success(let found) = day.correlation else { return nil }
                return ProductGroups(products, found, cut: Self.decimal(cut))
            }
            return try PairWalk(products[0], products[1], groups: groups, learned).test
        }
        // From the 254th day on there are 250 returns; a range of one less a range of the other moves by 0, then by 2.
        let joined = try #require(try walk("2"))
        #expect(joined.tests.raw.nights == 945 && joined.tests.raw.exceptions == 199)
        #expect(joined.covers == nil && joined.method == .learned)
        // At 0.3 they part when correlation falls under 0.955: not on the 1,010th day with 73/75, but on the 1,073rd.
        let parted = try #require(try walk("0.3"))
        #expect(parted.tests.raw.nights == 1_073 - 254 && parted.tests.raw.exceptions == 73)
    }

    @Test func `a calendar charge is held against the first three components`() throws {
        var histories: [RiskFactorCode: FactorHistory] = [:]
        let first = BusinessDate(year: 2020, month: 1, day: 1)
        // Four tenors in step, and from the 600th day on the second jumps to and fro by itself.
        for (tenor, size) in [("C1", 4), ("C2", 3), ("C3", 2), ("C4", 1)] {
            var level = 1_000
            let levels = (0..<900).map { place in
                if place > 0 { level += place % 2 == 0 ? size : -size }
                let apart = tenor == "C2" && place >= 600 && place % 5 == 0 ? 9 : 0
                return ExactDecimal(level + apart)
            }
            let code = RiskFactorCode(tenor)
            histories[code] = try FactorHistory(
                factor: code, returnKind: .absolute, dates: levels.indices.map { first.adding(days: $0) },
                levels: levels)
        }
        let ranges = ["C1", "C2", "C3", "C4"].enumerated().map { place, tenor in
            CalibrationRule(
                item: .priceScanRange, key: CalibrationKey("C 2020-0\(place + 1)"), kind: .amount,
                basis: .factor(RiskFactorCode(tenor)), confidence: Self.decimal("0.99"), increment: .one)
        }
        let legs = [(1, "C1", SpreadSide.a), (2, "C2", .b)].map { number, factor, side in
            CalibrationLeg(
                number: number, source: .factor(RiskFactorCode(factor)), ratio: .one, contractValueFactor: .one,
                side: side)
        }
        var charge = CalibrationRule(
            item: .intraSpread, key: CalibrationKey("C NEAR-FAR"), basis: .legs(legs), confidence: Self.decimal("0.99"),
            increment: Self.decimal("0.5"))
        charge.minObservations = 250
        let rules = ranges + [charge]
        let learned = LearnedCorrelations(
            rules, histories: histories, on: first.adding(days: 899), LearningTerms())
        let walk = try ChallengedWalk(
            charge, curve: PriceCurve.curves(rules)[0], histories: histories, standing: nil, learned)
        // Two components see all there is. Levels are calibrated on from the 269th day on; C1 less C2 moves by 1, from
        // the 600th day on by 8 and 10 at each jump. The 647th day is the first calibration behind the jumps.
        #expect(walk.rows.map(\.method) == [.historical, .components])
        #expect(walk.rows.map(\.tests.raw.nights) == [899 - 269, 899 - 269])
        // Moves that begin on 599, 600, 604, 605, 609, … and up to 646: 20 of them.
        #expect(walk.rows.map(\.tests.raw.exceptions) == [20, 20])
        #expect(walk.rows[1].covers == .asWell)
        #expect(abs(walk.rows[0].meanMargin - walk.rows[1].meanMargin) < 1e-9)
    }
}
