import Foundation
import Postgres
import TestSupport
import Testing

/// `margin call`: a night's calls met in part, overdue, cancelled by a correction, and what they leave owed the night
/// after. The figures of the first night are those worked out in fixtures/two-day-night/README.md.
@Suite struct CallLifeTests {
    private static let night = "2018-12-31"
    private static let next = "2019-01-02"

    /// The two-day house after its second night, with the same book and market for the next business day.
    private func house() async throws -> Installation {
        let installation = try await Installation.editing { house in
            try house.append("calendar_date", "2019-01-03,true,Thursday")
            try house.write("house", "effective_from,base_currency,wants_pages\n2018-01-01,USD,true\n")
            for table in [
                "collateral_holding", "collateral_price", "fx_rate", "interest_rate", "liquidity", "position",
                "settlement_price",
            ] {
                let rows = try house.text(table).split(separator: "\n")
                    .filter { $0.hasPrefix(Self.night) && !$0.hasSuffix(",final") }
                    .map { $0.replacing(Self.night, with: Self.next, maxReplacements: 1) + "\n" }
                try house.write(table, house.text(table) + rows.joined())
            }
        }
        try done(installation.run("margin", "run", "--business-date", Self.night))
        return installation
    }

    @discardableResult private func done(_ ended: Ended) throws -> String {
        try #require(ended.code == 0, "\(ended.output)\(ended.errors)")
        return ended.output
    }

    private func call(_ installation: Installation, _ arguments: String...) throws -> Ended {
        try installation.start("margin", ["call"] + arguments).wait()
    }

    private func list(_ installation: Installation, _ date: String) throws -> [Substring] {
        try done(call(installation, "list", "--business-date", date)).split(separator: "\n")
    }

    /// The CSV of a report of the current run of a date, without its header.
    private func rows(_ installation: Installation, _ report: String, _ date: String) throws -> [String] {
        let file = try installation.reportFiles(date).first {
            $0.key.hasPrefix(report + ".") && $0.key.hasSuffix(".csv")
        }
        return String(decoding: file?.value ?? Data(), as: UTF8.self).split(separator: "\r\n").dropFirst().map(
            String.init)
    }

    @Test func `a call is met in part, overdue, carried into the next night and cancelled by a correction`()
        async throws
    {
        let desk = try await house()
        let of = ["BETA-CLIENT", "--business-date", Self.night]
        #expect(try list(desk, Self.night)[2].hasSuffix("open 216500.00, due 2019-01-02: issued"))
        try done(desk.start("margin", ["call", "acknowledge"] + of + ["--reason", "by phone"]).wait())
        let met = try done(desk.start("margin", ["call", "meet"] + of + ["--amount", "20000"]).wait())
        #expect(
            met.contains("called 216500.00 EUR, met 20000.00, open 196500.00, due 2019-01-02: partly met"), "\(met)")
        // No figure hangs on what was recorded.
        let plan = try done(desk.run("margin", "plan", "--business-date", Self.night))
        #expect(plan.contains("nothing is stale, run 1 is current"), "\(plan)")
        let overdue = "met 20000.00, open 196500.00, due 2019-01-02: overdue, 1 business day old"
        #expect(try list(desk, Self.next)[2].hasSuffix(overdue))

        let other = ["call", "acknowledge", "ALPHA-HOUSE", "--business-date", Self.night]
        try done(desk.start("margin", other).wait())
        let carried = try done(call(desk, "carry", "--business-date", Self.next))
        #expect(carried.contains("BETA-CLIENT: still owed 23545.83 EUR of the call of 2018-12-31: "), "\(carried)")
        #expect(carried.contains("BETA-SEG: still owed 950.00 USD"), "\(carried)")
        #expect(!carried.contains("ALPHA"), "it has no unpaid variation margin: \(carried)")
        #expect(try done(call(desk, "carry", "--business-date", Self.next)).contains("so already: nothing is loaded"))
        try done(desk.run("margin", "run", "--business-date", Self.next))
        let calls = try rows(desk, "margin-call.2019-01-02.BETA", Self.next)
        #expect(calls[0].contains(",307865.64,48483.90,23545.83,183838.65,0.00,196056.72,"), "\(calls)")
        #expect(
            try rows(desk, "call-status.2019-01-02.BETA", Self.next) == [
                "BETA,BETA-CLIENT,2019-01-02,EUR,196500.00,0.00,196500.00,2019-01-03,0,issued,",
                "BETA,BETA-CLIENT,2018-12-31,EUR,216500.00,20000.00,196500.00,2019-01-02,1,overdue,2019-01-02",
                "BETA,BETA-SEG,2019-01-02,USD,20000.00,0.00,20000.00,2019-01-03,0,issued,",
                "BETA,BETA-SEG,2018-12-31,USD,20000.00,0.00,20000.00,2019-01-02,1,overdue,2019-01-02",
            ])
        #expect(try rows(desk, "house-call-status", Self.next).count == 6)
        let page = try #require(
            try desk.reportFiles(Self.next).first { $0.key.hasPrefix("house-page.") }.map {
                String(decoding: $0.value, as: UTF8.self)
            })
        #expect(page.contains("<p>6 in all, 3 of them overdue.</p>") && page.contains(">196500.00<"))
        // The newest night's call met whole settles those before it.
        try done(call(desk, "meet", "BETA-SEG", "--business-date", Self.next, "--amount", "20000.00"))
        #expect(try list(desk, Self.next).count { $0.contains("BETA-SEG") } == 1)
        #expect(try done(desk.run("margin", "verify", "--business-date", Self.next)).contains("equal"))

        // February crude 0.50 higher: BETA-CLIENT is short, so that its unpaid variation margin and its call grow.
        let price = ["correct", "price", "--series", "CL-2019-02", "--price", "45.91", "--reason", "late print"]
        try done(desk.start("margin", price + ["--business-date", Self.night]).wait())
        try done(desk.run("margin", "rerun", "--business-date", Self.night, "--reason", "late print"))
        try done(desk.run("margin", "publish", "--business-date", Self.night, "--run", "2"))
        let since = try list(desk, Self.night)
        #expect(since[2].contains("called 238000.00 EUR, met 20000.00, open 218000.00"), "\(since)")
        // ALPHA-HOUSE is called as before: its acknowledgement stands. That of another amount does not.
        #expect(since[1].hasSuffix("called 112000.00 USD, met 0.00, open 112000.00, due 2019-01-02: acknowledged"))
        try done(desk.start("margin", ["call", "acknowledge"] + of).wait())
        #expect(since.last == "  BETA-CLIENT 2018-12-31 run 1: called 216500.00 EUR, cancelled: run 2 calls 238000.00")
        #expect(try done(call(desk, "carry", "--business-date", Self.next)).contains("still owed 45379.88 EUR"))
        let stale = try done(desk.run("margin", "plan", "--business-date", Self.next))
        #expect(stale.contains("variation_margin_owed v"), "\(stale)")
        try await desk.close()
    }

    @Test func `who and when are kept, a payment is taken back, and what cannot be is refused`() async throws {
        let desk = try await house()
        let date = ["--business-date", Self.night]
        func refused(_ words: [String], _ code: Int32, _ said: String, _ day: [String]? = nil) throws {
            let ended = try desk.start("margin", ["call"] + words + (day ?? date)).wait()
            #expect(ended.code == code && ended.errors.contains(said), "\(words): \(ended.code) \(ended.errors)")
        }
        try done(desk.start("margin", ["call", "acknowledge", "BETA-SEG"] + date).wait())
        try refused(["acknowledge", "BETA-SEG"], 65, "the call of BETA-SEG on 2018-12-31 is acknowledged already")
        try refused(["meet", "GAMMA", "--amount", "1"], 66, "there is no account GAMMA")
        try refused(
            ["meet", "BETA-SEG", "--amount", "20000.01"], 65,
            "above what is open of its call of 2018-12-31: 20000.00 USD")
        try refused(["meet", "BETA-SEG", "--amount", "0.001"], 65, "has more than the 2 decimals of USD")
        try refused(["meet", "BETA-SEG", "--amount", "0"], 64, "--amount must be above 0, and is 0")
        try refused(["meet", "BETA-SEG", "--amount=-5"], 64, "--amount must be above 0, and is -5")
        let later = ["--business-date", Self.next]
        try refused(["meet", "BETA-SEG", "--amount", "1"], 66, "there is no published run of 2019-01-02 EOD", later)
        try refused(["carry"], 66, "there is no published run of 2018-12-28 EOD")
        try refused(["carry"], 65, "is no business day", ["--business-date", "2019-01-01"])
        try refused(["reverse", "BETA-SEG", "--event", "999", "--reason", "x"], 65, "has no event 999")

        try done(desk.start("margin", ["call", "meet", "BETA-SEG", "--amount", "950", "--reason", "P1"] + date).wait())
        #expect(!(try done(desk.start("margin", ["call", "carry"] + later).wait()).contains("BETA-SEG")))
        let event = try desk.number("select max(e.load_id) from margin.call_event as e where e.event = 'met'")
        let reverse = ["reverse", "BETA-SEG", "--event", "\(event)", "--reason", "bounced"]
        try done(desk.start("margin", ["call"] + reverse + date).wait())
        try refused(reverse, 65, "event \(event) is reversed already")
        let listed = try done(desk.start("margin", ["call", "list", "--account", "BETA-SEG", "--json"] + date).wait())
        let events = try #require(jsonObject(listed)["events"] as? [[String: Any]])
        #expect(events.map { $0["amount"] as? String } == ["0.00", "950.00", "-950.00"])
        #expect(events.map { $0["reason"] as? String } == ["", "P1", "bounced"])
        let login = try desk.connect().one("select session_user::text as login").text("login")
        #expect(events.allSatisfy { $0["recorded_by"] as? String == login && $0["recorded_at"] is String })
        #expect(throws: PostgresError.self) { try desk.connect().script("delete from margin.call_event") }
        // What another hand has loaded for the account is not counted beside it.
        let file = try desk.write("owed.csv", "business_date,account,currency,amount", "2019-01-02,BETA-CLIENT,USD,5")
        try done(desk.run("margin", "load", "variation_margin_owed", file))
        try refused(["carry"], 65, "nothing is carried: BETA-CLIENT owes 5 USD on 2019-01-02 already", later)
        try await desk.close()
    }

    @Test func `a house that records nothing has no report of it, and no figure moves`() async throws {
        let desk = try await house()
        try done(desk.run("margin", "run", "--business-date", Self.next))
        #expect(try desk.reportFiles(Self.next).keys.allSatisfy { !$0.contains("call-status") })
        #expect(try rows(desk, "margin-call.2019-01-02.BETA", Self.next)[0].contains(",48483.90,0.00,183838.65,"))
        #expect(try list(desk, Self.next).count == 4, "only the newest night's")
        try await desk.close()
    }
}
