import ClearingModel
import Monitoring
import Quantities
import Testing

/// When a figure, a limit, a parameter and a bound are told, and when they are not told again.
@Suite struct ReviewRuleTests {
    private static let terms = MadeUpNights.terms

    /// Nights of one position: the values before, and what was told of the last.
    private static func review(
        _ value: Int, after earlier: [Int], told: Int? = nil, wasThere: Bool = true
    ) -> NightReview {
        let key = FigureKey(.position, "A, , S", .size)
        var history = FigureHistory()
        for (place, amount) in earlier.enumerated() {
            history.add(
                ReviewedFigure(
                    key: key, amount: ExactDecimal(amount), toldAmount: place == 0 ? told.map { ExactDecimal($0) } : nil
                ),
                isLastNight: place == 0 && wasThere)
        }
        var house = MonitoredHouse(terms)
        house.add(
            HeldPosition(
                member: MemberCode("M"), account: AccountCode("A"), owner: .none, series: SeriesCode("S"),
                combinedCommodity: CombinedCommodityCode("OIL"), deltaScalingFactor: .one, long: Int64(value), short: 0)
        )
        return NightReview(
            of: MonitoredNight(
                terms, house: house, history: history, limits: [], toldLimits: [:], touched: [], parameterMoves: []))
    }

    private static let flat = [Int](repeating: 1000, count: 20)

    /// 0.6745 · distance / spread beyond 5; the spread of a history that never moved is 2 % of its median.
    @Test(arguments: [
        (1148, flat, 0), (1149, flat, 1), (852, flat, 0), (851, flat, 1),
        // Below twenty nights nothing is judged.
        (5000, [Int](repeating: 1000, count: 19), 0),
        // Median 1000, deviations 100 (or 0 for the two in the middle): 100 is more than 2 %.
        (1741, (0..<20).map { 900 + 200 * ($0 % 2) }, 0), (1742, (0..<20).map { 900 + 200 * ($0 % 2) }, 1),
    ]) func `a figure moves beyond the robust z of its own nights`(_ value: Int, _ earlier: [Int], _ told: Int) {
        #expect(Self.review(value, after: earlier).alarms.count == told)
    }

    /// From a median of 1,000: told at 1,200 it is told again beyond 1,250, on the other side, and once it was away.
    @Test(arguments: [
        (1200, 1200, true, 0), (1250, 1200, true, 0), (1251, 1200, true, 1), (1160, 1200, true, 0),
        (800, 1200, true, 1),
        (1200, 1200, false, 1),
    ]) func `a move that goes on is told again where it got worse or came back`(
        _ value: Int, _ told: Int, _ wasThere: Bool, _ alarms: Int
    ) {
        let review = Self.review(value, after: Self.flat, told: told, wasThere: wasThere)
        #expect(review.alarms.count == alarms)
        #expect(review.figures.first?.toldAmount == ExactDecimal(alarms == 1 ? value : told))
    }

    @Test func `a figure back in its history forgets what was told`() {
        #expect(Self.review(1001, after: Self.flat, told: 1200).figures.first?.toldAmount == nil)
    }

    /// Nine tenths of an account's risk in oil after nights with half of it there, and the reverse.
    @Test(arguments: [("90", "0.5", 1), ("50", "0.9", 0)]) func `a concentration that falls is not told`(
        _ oil: String, _ earlier: String, _ told: Int
    ) {
        let account = AccountCode("A")
        var history = FigureHistory()
        for night in 1...20 {
            history.add(
                ReviewedFigure(
                    key: FigureKey(.account, "A", .concentration), amount: exact(earlier), toldAmount: nil),
                isLastNight: night == 1)
        }
        var house = MonitoredHouse(Self.terms)
        house.add(
            AccountAmounts(
                account: account, member: MemberCode("M"), margin: exact("20000"), unpaid: .zero, collateral: .zero))
        house.add(risk: exact(oil), of: account, in: CombinedCommodityCode("OIL"))
        house.add(risk: exact("100") - exact(oil), of: account, in: CombinedCommodityCode("GAS"))
        let review = NightReview(
            of: MonitoredNight(
                Self.terms, house: house, history: history, limits: [], toldLimits: [:], touched: [],
                parameterMoves: []))
        #expect(review.alarms.map(\.rule) == [MonitoringRule](repeating: .concentrationMove, count: told))
    }

    /// Utilisation against a limit of 100, told at one before: near from 0.8 on, exceeded above 1.
    @Test(
        arguments: [
            ("79.99", nil, "within", false), ("80", nil, "near", true), ("100", nil, "near", true),
            ("100.01", nil, "exceeded", true), ("85", ("near", "0.8"), "near", false),
            ("100", ("near", "0.8"), "near", false), ("100", ("near", "0.799999"), "near", true),
            ("101", ("near", "1"), "exceeded", true), ("110", ("exceeded", "1.01"), "exceeded", false),
            ("90", ("exceeded", "1.01"), "near", false), ("130", ("exceeded", "1.01"), "exceeded", true),
        ] as [(String, (String, String)?, String, Bool)])
    func `a limit is told when it comes near, when it is passed, and when it gets worse`(
        _ figure: String, _ told: (String, String)?, _ state: String, _ isTold: Bool
    ) throws {
        let before = try told.map {
            ToldLimit(try #require(LimitState(rawValue: $0.0)), utilisation: exact($0.1))
        }
        let review = Self.review(.margin, of: "100", margin: figure, told: before)
        #expect(review.limits.map(\.state.rawValue) == [state])
        #expect(review.alarms.count == (isTold ? 1 : 0))
    }

    /// A member with one account and one limit.
    private static func review(
        _ measure: LimitMeasure, of limit: String, margin: String, collateral: String = "0", told: ToldLimit? = nil
    ) -> NightReview {
        let member = MemberCode("M")
        var house = MonitoredHouse(terms)
        house.add(
            AccountAmounts(
                account: AccountCode("A"), member: member, margin: exact(margin), unpaid: .zero,
                collateral: exact(collateral)))
        return NightReview(
            of: MonitoredNight(
                terms, house: house, history: FigureHistory(),
                limits: [MemberLimit(member, measure, amount: exact(limit))],
                toldLimits: told.map { [member: [measure: $0]] } ?? [:], touched: [], parameterMoves: []))
    }

    @Test(arguments: [
        ("2", LimitState.within), ("1.88", .within), ("1.87", .near), ("1.5", .near), ("1.49", .exceeded),
        ("0", .exceeded),
    ]) func `a limit from below is used by what is missing to it`(_ collateral: String, _ state: LimitState) {
        let review = Self.review(.collateralCover, of: "1.5", margin: "1", collateral: collateral)
        #expect(review.limits.map(\.state) == [state])
        #expect(review.alarms.map(\.value) == (state == .within ? [] : [collateral]))
    }

    @Test func `a limit of zero and a figure that is not there`() throws {
        #expect(Self.review(.margin, of: "0", margin: "0").limits.map(\.state) == [.within])
        let used = Self.review(.margin, of: "0", margin: "1")
        #expect(used.limits.map(\.state) == [.exceeded] && used.limits[0].utilisation == nil)
        #expect(used.alarms.count == 1)
        let told = ToldLimit(.exceeded, utilisation: try #require(used.limits[0].toldUtilisation))
        #expect(Self.review(.margin, of: "0", margin: "1", told: told).alarms.isEmpty)
        let notStressed = Self.review(.stressShortfall, of: "1", margin: "1")
        #expect(notStressed.limits.map(\.state) == [.notMeasured] && notStressed.alarms.isEmpty)
        let nothingNeeded = Self.review(.collateralCover, of: "1", margin: "0")
        #expect(nothingNeeded.limits.map(\.state) == [.notMeasured])
    }

    @Test func `of a parameter row the largest jump is told, from zero any`() {
        func move(_ row: String, _ column: String, _ before: String, _ after: String) -> ParameterMove {
            ParameterMove(
                at: AlarmPlace(table: "t", rowKey: row, column: column), combinedCommodity: nil, before: exact(before),
                after: exact(after))
        }
        let review = NightReview(
            of: MonitoredNight(
                Self.terms, house: MonitoredHouse(Self.terms), history: FigureHistory(), limits: [], toldLimits: [:],
                touched: [],
                parameterMoves: [
                    move("A", "a", "2", "3"), move("B", "a", "2", "3.01"), move("B", "b", "2", "0.5"),
                    move("C", "a", "0", "0.01"),
                ]))
        #expect(review.alarms.map { "\($0.place.rowKey) \($0.place.column) \($0.value)" } == ["B b 0.5", "C a 0.01"])
    }

    @Test func `a bound is told once on its twentieth night in a row`() {
        var nights = MadeUpNights(seed: 7)
        var planted = MadeUpNights.Planted()
        planted.touched = [FigureKey(.bound, "A01, , OIL", .shortOptionMinimum)]
        for night in 1...25 {
            let alarms = nights.pass(planted)
            #expect(alarms.map(\.rule) == (night == 20 ? [.stuckFigure] : []), "night \(night)")
        }
        _ = nights.pass()
        for night in 1...20 {
            #expect(nights.pass(planted).map(\.rule) == (night == 20 ? [.stuckFigure] : []), "night \(night) again")
        }
    }
}
