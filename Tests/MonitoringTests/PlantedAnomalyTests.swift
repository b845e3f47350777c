import ClearingModel
import Monitoring
import Quantities
import TestSupport
import Testing

/// Thirty quiet nights tell nothing; ten anomalies planted after them are told, each once.
@Suite struct PlantedAnomalyTests {
    private static func told(_ alarms: [MonitoringAlarm]) -> [String] {
        alarms.map { "\($0.rule.rawValue) \($0.place.rowKey) \($0.place.column)" }
    }

    private static let threshold = FigureKey(.bound, "A33", .callThreshold)

    @Test(arguments: [UInt64(20_260_101), 1, 2, 3, 4]) func `a quiet house tells nothing in thirty nights`(
        _ seed: UInt64
    ) {
        var nights = MadeUpNights(seed: seed)
        for night in 1...30 { #expect(Self.told(nights.pass()) == [], "seed \(seed), night \(night)") }
        #expect(nights.reviews[29].figures.count > 200)
    }

    @Test(arguments: [UInt64(20_260_101), 1, 2, 3, 4]) func `ten planted anomalies are told, and nothing else`(
        _ seed: UInt64
    ) {
        var nights = MadeUpNights(seed: seed)
        for night in 1...30 {
            var planted = MadeUpNights.Planted()
            if night > 12 { planted.touched = [Self.threshold] }
            #expect(Self.told(nights.pass(planted)) == [], "seed \(seed), night \(night)")
        }
        var planted = MadeUpNights.Planted()
        planted.touched = [Self.threshold]
        // A position grows; its account and member follow.
        planted.contracts["A05 OIL-1"] = 3
        // One shrinks.
        planted.contracts["A10 GAS-2"] = 0.4
        // A member grows by an account and positions too small to be watched.
        for series in ["OIL-1", "OIL-2", "GAS-1", "GAS-2"] { planted.contracts["A01 \(series)"] = 1.7 }
        // The margin of an account moves by itself.
        planted.margin["A08"] = 2
        // An account puts its risk into one combined commodity.
        planted.risk["A14 GAS"] = 6
        #expect(
            Self.told(nights.pass(planted)) == [
                "size_move M01 size", "size_move A05, , OIL-1 size", "size_move A10, , GAS-2 size",
                "concentration_move A14 concentration", "margin_move A08 margin",
            ], "seed \(seed)")
        // What is told goes on, and five more come.
        planted.limits = [
            MemberLimit(MemberCode("M15"), .collateralCover, amount: exact("1.8")),
            MemberLimit(MemberCode("M16"), .openInterestShare, amount: exact("0.01")),
            MemberLimit(MemberCode("M17"), .margin, amount: exact("100000000")),
            MemberLimit(MemberCode("M18"), .fundDays, amount: exact("1")),
        ]
        planted.shortfall = ["M18": 900_000]
        planted.parameterMoves = [
            ParameterMove(
                at: AlarmPlace(table: "combined_commodity_margin", rowKey: "GAS", column: "price_scan_range"),
                combinedCommodity: CombinedCommodityCode("GAS"), before: exact("2"), after: exact("3.5"))
        ]
        planted.margin["A20"] = 2
        #expect(
            Self.told(nights.pass(planted)) == [
                "member_limit M15, collateral_cover limit_amount", "member_limit M16, open_interest_share limit_amount",
                "member_limit M18, fund_days limit_amount", "parameter_jump GAS price_scan_range",
                "stuck_figure A33 threshold",
            ], "seed \(seed)")
        planted.parameterMoves = []
        planted.shortfall = [:]
        #expect(Self.told(nights.pass(planted)) == [], "seed \(seed)")
    }
}
