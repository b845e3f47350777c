import Foundation
import Postgres
import PrivateCluster
import TestSupport
import Testing

/// Reruns after random corrections, each compared with computing everything.
extension RerunTests {
    @Test func `a rerun of corrected inputs equals a whole run, and keeps only what differs from its base`()
        async throws
    {
        for seed in [UInt64(20_181_231), 4, 11] {
            let house = FileManager.default.temporaryDirectory.path + "/rerun-\(seed)-\(UUID().uuidString)"
            let installation = try await Installation(house: nil)
            _ = try installation.run("margin", "generate", "--size", "demo", "--seed", "\(seed)", house)
            try addCharges(to: house)
            let officer = "officer_" + installation.settings.database
            _ = try installation.run("margin", "db", "person", officer)
            let loaded = try installation.run("margin", "load", house)
            #expect(loaded.code == 0, "\(loaded.errors)")
            for day in ["2018-12-27", "2018-12-28"] {
                let night = try installation.run("margin", "run", "--business-date", day)
                #expect(night.code == 0, "\(night.errors)")
            }
            var corrections = RandomCorrections(seed: seed, connection: try installation.connect(), house: house)
            for step in 1...12 {
                let words = try corrections.next()
                let fault = "seed \(seed), step \(step): margin \(words.joined(separator: " "))"
                let corrected = try installation.start("margin", words).wait()
                #expect(corrected.code == 0, "\(fault): \(corrected.errors)")
                let planned = try installation.run("margin", "plan", "--business-date", "2018-12-28", "--json").output
                let rerun = try installation.run("margin", "rerun", "--business-date", "2018-12-28", "--reason", "test")
                #expect(rerun.code == 0, "\(fault): \(rerun.errors)")
                #expect(try states(ofPlan: planned) == states(ofNewestRun: installation), "\(fault)")
                let number = try newestRun(installation, "2018-12-28")
                let verified = try installation.run(
                    "margin", "verify", "--business-date", "2018-12-28", "--run", number)
                #expect(verified.code == 0, "\(fault): \(verified.output)\(verified.errors)")
                try expectOnlyDifferent(installation, fault)
                if step.isMultiple(of: 3) {
                    try approveOverrides(installation, as: officer)
                    let published = try installation.run(
                        "margin", "publish", "--business-date", "2018-12-28", "--run", number)
                    #expect(published.code == 0, "\(fault): \(published.errors)")
                }
            }
            for set in 1...max(1, corrections.sets) {
                try? FileManager.default.removeItem(atPath: "\(house)-2018-12-\(set)")
            }
            try FileManager.default.removeItem(atPath: house)
            try installation.connect().script("drop owned by \(officer); drop role \(officer)")
            try await installation.close()
        }
    }

    /// What a plan says of each stage: whole, affected or reused.
    private func states(ofPlan plan: String) throws -> [String: String] {
        let document = try jsonObject(plan)
        let stages = try #require(document["stages"] as? [[String: Any]])
        return Dictionary(
            stages.map { ($0["stage"] as? String ?? "", $0["state"] as? String ?? "") }, uniquingKeysWith: { $1 })
    }

    /// What the newest run did of each stage.
    private func states(ofNewestRun installation: Installation) throws -> [String: String] {
        let rows = try installation.connect().rows(
            """
            select e.stage, case when e.reused_execution_id is not null then 'reused'
                when exists (select from margin.result_source as s
                    where s.run_id = e.run_id and s.stage = e.stage and s.source_run_id <> e.run_id) then 'affected'
                else 'whole' end
            from margin.execution as e
            where e.run_id = (select max(r.run_id) from margin.run as r) and e.status = 'succeeded'
            """)
        return Dictionary(
            try rows.map { (try $0.text(.at(0)), try $0.text(.at(1))) }, uniquingKeysWith: { $1 })
    }

    /// Charges that the demo house has not: on a member's accounts together, and for half the spread.
    private func addCharges(to house: String) throws {
        let commodities = try String(contentsOfFile: "\(house)/combined_commodity.csv", encoding: .utf8)
            .split(separator: "\n").dropFirst().map { $0.prefix { $0 != "," } }
        let tiers = commodities.prefix(3).map { "2018-12,\($0),adv,0,0.03\n" }.joined()
        try ("parameter_set,combined_commodity,tiers_of,above,rate\n" + tiers).write(
            toFile: "\(house)/member_concentration_tier.csv", atomically: true, encoding: .utf8)
        let spreads = commodities.map { "2018-12,HOUSE,\($0),1000,1\n" }.joined()
        try ("parameter_set,account_class,combined_commodity,contract_value_factor,tier_factor\n" + spreads).write(
            toFile: "\(house)/half_spread_charge.csv", atomically: true, encoding: .utf8)
    }

    private func approveOverrides(_ installation: Installation, as officer: String) throws {
        let waiting = try installation.connect().rows(
            """
            select distinct r.load_id from margin.corrected_row as r
            where r.parameter_set is not null
                and not exists (select from margin.correction_approval as a where a.load_id = r.load_id)
            """
        ).map { try $0.int64(.at(0)) }
        for number in waiting {
            let approved = try installation.run(
                "margin", "approve", "correction", "\(number)", "--reason", "seen", "--as", officer)
            #expect(approved.code == 0, "\(approved.errors)")
        }
    }

    /// Every account a run kept a call of has another one in its base, and none has two; a stage that computed
    /// everything is not compared.
    private func expectOnlyDifferent(_ installation: Installation, _ fault: String) throws {
        let connection = try installation.connect()
        let isCompared = """
            exists (select from margin.result_source as s
                where s.run_id = r.run_id and s.source_run_id <> r.run_id and s.stage =
            """
        let equal = try connection.one(
            """
            select count(*)
            from margin.run as r
            join margin.margin_call as m on m.run_id = r.run_id
            join margin.margin_call_of(r.base_run_id) as b on b.account = m.account
            where r.run_id = (select max(x.run_id) from margin.run as x) and \(isCompared) 'calls')
                and to_jsonb(m) - 'run_id' = to_jsonb(b) - 'run_id'
                and not exists (select from margin.variation_margin as v
                    where v.run_id = r.run_id and v.account = m.account)
                and not exists (select from margin.collateral_value as k
                    where k.run_id = r.run_id and k.account = m.account)
            """
        ).int64(.at(0))
        #expect(equal == 0, "\(fault)")
        let arrays = try connection.one(
            """
            select count(*)
            from margin.run as r
            join margin.risk_array as a on a.run_id = r.run_id
            join margin.risk_array_of(r.base_run_id) as b on b.series = a.series
            where r.run_id = (select max(x.run_id) from margin.run as x) and \(isCompared) 'risk-arrays')
                and to_jsonb(a) - 'run_id' = to_jsonb(b) - 'run_id'
            """
        ).int64(.at(0))
        #expect(arrays == 0, "\(fault)")
    }
}
