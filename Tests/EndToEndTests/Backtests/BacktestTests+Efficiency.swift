import Postgres
import TestSupport
import Testing

extension BacktestTests {
    /// A factor of crude oil that moves by 2 every day, 100 times up to the 28th.
    private static func addFactor(_ house: EditedHouse) throws {
        try house.write(
            "risk_factor", "parameter_set,risk_factor,return_kind,lower_clamp,upper_clamp\nP2018,P,absolute,1,1\n")
        let days = [(9, 19...30), (10, 1...31), (11, 1...30), (12, 1...28)].flatMap { month, days in
            days.map { "2018-\(month < 10 ? "0" : "")\(month)-\($0 < 10 ? "0" : "")\($0)" }
        }
        try house.write(
            "risk_factor_level",
            "level_date,risk_factor,level\n"
                + days.enumerated().map { "\($0.element),P,\($0.offset.isMultiple(of: 2) ? 40 : 42)\n" }.joined())
        try house.write(
            "calibration_rule",
            """
            item,key,kind,factor,horizon_days,confidence,min_observations,increment
            price_scan_range,CRUDE,amount,P,1,0.99,100,1

            """)
    }

    /// `unit method n allowed x: asked average ratio excess refusal` of the last run.
    private func compared(_ installation: Installation) throws -> [String] {
        try installation.connect().rows(
            """
            select format('%s %s %s %s %s: %s %s %s %s%s', e.unit, e.method, e.n, e.allowed, e.x, e.asked, e.average,
                e.ratio, e.excess, e.refusal) as line
            from margin.capital_efficiency as e
            where e.backtest_run_id = (select max(r.backtest_run_id) from margin.backtest_run as r)
            order by e.unit_kind, e.unit, e.method
            """
        ).map { try $0.text("line") }
    }

    /// Three contracts at 45.33 are a notional of 135,990, and lose 6,000 where the price moves by 2. Two written
    /// straddles are a notional of four times 45,680, and cost 4,940 to close out: what any method must hold that
    /// covers as much as the engine.
    @Test func `other methods are held against the engine at equal coverage`() async throws {
        let installation = try await house(Self.addFactor)
        try publish(installation, Self.nights)
        let ended = try backtest(installation)
        #expect(ended.code == 0, "\(ended.errors)")
        let lines = try compared(installation)
        func rest(_ start: String) -> String? {
            lines.first { $0.hasPrefix(start + " ") }.map { String($0.dropFirst(start.count + 1)) }
        }
        #expect(rest("LONG engine") == "1 0 0: 10800.00 0.00  ", "\(lines)")
        #expect(rest("LONG legs_alone") == "1 0 0: 10800.00 0.00  ")
        #expect(rest("LONG notional") == "1 0 0: 135990.00 0.00  ")
        #expect(rest("LONG historical_var") == "1 0 0: 6000.00 0.00  ")
        #expect(rest("CRUDE short historical_var") == "1 0 0: 2000.00 80.00 1.000000 ")
        #expect(rest("GAS long historical_var") == "0 0 :    not_simulated NG-2019-02")
        #expect(rest("STRADDLE notional") == "1 0 0: 182720.00 4940.00 1.000000 ")
        #expect(rest("STRADDLE historical_var") == "0 0 :    not_simulated LO-2019-03-C50")
        // 25 futures at 3,600; what the puts may lose they are worth.
        #expect(rest("BETA-SEG/O1 legs_alone") == "1 0 0: 90000.00 0.00  ")
        // Everything that an account and two owners hold; of the omnibus account long and short alike, in euros.
        #expect(rest("USD notional") == "3 0 0: 7160900.00 0.00  ")
        #expect(rest("EUR notional")?.hasPrefix("1 0 0: 4016871.31 ") == true)
        // A call and a put lose on different sides: alone they need more than together.
        let apart = """
            select count(*) from margin.capital_efficiency as e
            join margin.capital_efficiency as o using (backtest_run_id, unit_kind, unit)
            where e.method = 'engine' and o.method = 'legs_alone' and e.unit = 'STRADDLE' and o.asked > e.asked
            """
        #expect(try installation.number(apart) == 1)
        // One future is one leg.
        let alike = """
            select count(*) from margin.capital_efficiency as e
            join margin.capital_efficiency as o using (backtest_run_id, unit_kind, unit)
            where e.method = 'engine' and o.method = 'legs_alone' and e.unit_kind = 'product' and o.asked = e.asked
            """
        #expect(try installation.number(alike) == 4)
        try await installation.close()
    }
}
