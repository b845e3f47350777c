import Foundation
import Postgres
import TestSupport
import Testing

/// Expected shortfall of a simulated house held against the losses of its published nights, by hand.
@Suite struct ShortfallBacktestTests {
    private static let nights = ["2025-06-20", "2025-06-23", "2025-06-24"]

    /// The house of the case `expected-shortfall` with two nights more: oil falls by 5 to 65 and rises by 1.
    private func house() async throws -> Installation {
        let folder = FileManager.default.temporaryDirectory.path + "/house-\(UUID().uuidString)"
        try FileManager.default.copyItem(atPath: Checkout.fixtures + "/expected-shortfall/input", toPath: folder)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        func append(_ table: String, _ lines: String...) throws {
            let path = "\(folder)/\(table).csv"
            let text = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
            try (text + lines.map { $0 + "\n" }.joined()).write(toFile: path, atomically: true, encoding: .utf8)
        }
        try append("calendar_date", "2025-06-24,true", "2025-06-25,true")
        try append("position", "2025-06-23,A,OIL-2025-08,3,0", "2025-06-23,B,OIL-2025-08,0,3")
        try append("position", "2025-06-24,A,OIL-2025-08,3,0", "2025-06-24,B,OIL-2025-08,0,3")
        try append("settlement_price", "2025-06-23,OIL-2025-08,65.00,USD", "2025-06-24,OIL-2025-08,66.00,USD")
        try append("risk_factor_level", "OILP,2025-06-23,65.00", "OILP,2025-06-24,66.00")
        try append("house", "effective_from,base_currency", "2018-01-01,USD")
        try append(
            "backtest", "backtest,account_class,from_date,to_date,confidence,horizon_days",
            "DAY,STANDARD,2025-06-20,2025-06-24,0.99,1")
        try append("z2_critical", "nights,exception_probability,yellow,red", "2,0.25,-0.3,-3")
        return try await Installation(house: folder)
    }

    /// Of A the 15,000 that the first night lost are held against a value at risk of 4,200 and a shortfall of 6,960;
    /// the second night, with that fall among eleven returns, gains. Of B the first night gains, and the second loses
    /// 3,000 of 2,400 and (7,800 + 3,600 + ¾·2,400)/2.75 = 4,800.
    @Test func `a loss is held against the shortfall of its own night`() async throws {
        let installation = try await house()
        for date in Self.nights {
            let night = try installation.run("margin", "run", "--business-date", date)
            #expect(night.code == 0, "\(night.errors)")
        }
        let ended = try installation.start("margin-backtest", ["--backtest", "DAY"]).wait()
        #expect(ended.code == 0, "\(ended.errors)")
        let rows = try installation.connect().rows(
            """
            select format('%s %s: %s of %s, %s %s %s', unit, series, exceedances, n, round(z2::numeric, 9), zone,
                refusal) as line
            from margin.expected_shortfall order by unit
            """
        ).map { try $0.text("line") }
        // 1 − 15,000/6,960/(2·0.25) and 1 − 3,000/4,800/(2·0.25).
        #expect(rows == ["A ENERGY raw: 1 of 2, -3.310344828 red ", "B ENERGY raw: 1 of 2, -0.250000000 green "])
        try await installation.close()
    }
}
