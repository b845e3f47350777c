import Foundation
import Postgres
import Testing

/// A waiver is for the finding that was shown: rule, table, row, column, value and cycle.
@Suite struct WaivedValueTests {
    static let day = ["--business-date", "2018-12-31"]

    /// A installation whose price of NG-2019-02 is ten times too high, stopped and waived at that.
    private func waivedDesk() async throws -> Installation {
        let installation = try await Installation.editing {
            try $0.replace("settlement_price", "2018-12-31,NG-2019-02,2.940", with: "2018-12-31,NG-2019-02,29.40")
        }
        #expect(try margin(installation, "run").code == 65)
        let waived = try waive(installation, "asked the exchange")
        #expect(waived.code == 0, "\(waived.errors)")
        return installation
    }

    private func margin(_ installation: Installation, _ words: String...) throws -> Ended {
        try installation.start("margin", words + Self.day).wait()
    }

    private func waive(_ installation: Installation, _ reason: String, _ more: String...) throws -> Ended {
        try installation.start(
            "margin", ["waive", "slipped_price", "NG-2019-02, settlement", "--reason", reason] + Self.day + more
        ).wait()
    }

    private func correct(_ installation: Installation, to price: String) throws {
        let corrected = try margin(
            installation, "correct", "price", "--series", "NG-2019-02", "--price", price, "--reason", "r")
        #expect(corrected.code == 0, "\(corrected.errors)")
    }

    @Test func `a price that moved after it was waived blocks again, and names both values`() async throws {
        let installation = try await waivedDesk()
        try correct(installation, to: "0.30")
        let blocked = try margin(installation, "run")
        #expect(blocked.code == 65, "\(blocked.output)\(blocked.errors)")
        let who = try installation.connect().one("select session_user::text").text(.at(0))
        let moved = "[slipped_price]; waived at “29.40” by \(who), now “0.30”"
        #expect(blocked.errors.contains(moved), "\(blocked.errors)")
        #expect(try installation.number("select count(*) from margin.run where status = 'published'") == 0)
        for command in ["findings", "status"] {
            let said = try margin(installation, command).output.split(whereSeparator: \.isWhitespace).joined(
                separator: " ")
            #expect(said.contains(moved), "\(said)")
            #expect(said.contains("margin waive slipped_price 'NG-2019-02, settlement'"), "\(said)")
        }
        let again = try waive(installation, "asked again")
        #expect(again.code == 0, "\(again.errors)")
        #expect(try waive(installation, "asked again").errors.contains("it is waived already, by \(who): asked again"))
        #expect(try margin(installation, "run").code == 0)
        let passed = try installation.connect().one(
            "select f.value || ' ' || f.waiver_reason from margin.finding_of((select max(run_id) from margin.run)) as f"
        )
        #expect(try passed.text(.at(0)) == "0.30 asked again")
        try await installation.close()
    }

    @Test func `a published night is corrected to another bad value: the rerun is stopped, the night stands`()
        async throws
    {
        let installation = try await waivedDesk()
        #expect(try margin(installation, "run").code == 0)
        try correct(installation, to: "0.30")
        let rerun = try margin(installation, "rerun", "--reason", "r")
        #expect(rerun.code == 65 && rerun.errors.contains("waived at “29.40”"), "\(rerun.errors)")
        let run = try margin(installation, "run")
        #expect([65, 66].contains(run.code), "\(run.output)")
        #expect(try installation.number("select run_number::bigint from margin.run where status = 'published'") == 2)
        // Back at the value that was waived, the waiver holds again.
        try correct(installation, to: "29.40")
        let back = try margin(installation, "rerun", "--reason", "r")
        #expect(!back.errors.contains("blocks"), "\(back.errors)")
        try await installation.close()
    }

    @Test func `a waiver of the night says nothing of the day's snapshot, and the reverse`() async throws {
        let installation = try await waivedDesk()
        let positions = try installation.write(
            "p.csv", "business_date,cycle,account,series,long_quantity,short_quantity",
            "2018-12-31,ITD,ALPHA-HOUSE,NG-2019-02,0,12", "2018-12-31,ITD,BETA-CLIENT,NG-2019-02,12,0")
        // The day settles what was carried over as well.
        let prices = try installation.write(
            "q.csv", "business_date,series,price,currency", "2018-12-31,NG-2019-02,29.40,USD",
            "2018-12-31,CL-2019-02,45.41,USD", "2018-12-31,CL-2019-03,45.81,USD", "2018-12-31,NG-2019-01,3.642,USD")
        for (table, file) in [("position", positions), ("intraday_settlement_price", prices)] {
            let loaded = try installation.run("margin", "load", table, file)
            #expect(loaded.code == 0, "\(loaded.errors)")
        }
        let blocked = try margin(installation, "run", "--cycle", "ITD")
        let hint =
            "margin waive slipped_price 'NG-2019-02, settlement' --business-date 2018-12-31 --cycle ITD --reason R"
        #expect(blocked.code == 65 && blocked.errors.contains(hint), "\(blocked.errors)")
        #expect(blocked.errors.contains("intraday_settlement_price, NG-2019-02, settlement"), "\(blocked.errors)")
        #expect(!blocked.errors.contains("waived at"), "\(blocked.errors)")
        let waived = try waive(installation, "true move", "--cycle", "ITD")
        #expect(waived.code == 0, "\(waived.errors)")
        #expect(waived.output.contains("intraday_settlement_price, "), "\(waived.output)")
        let day = try margin(installation, "run", "--cycle", "ITD")
        #expect(!day.errors.contains("slipped_price"), "\(day.errors)")
        #expect(
            try installation.number("select count(*) from margin.finding_waiver as w where w.cycle = 'ITD'") == 1)
        try await installation.close()
    }

    @Test func `who approves a waiver sees that the value has moved`() async throws {
        let installation = try await waivedDesk()
        try correct(installation, to: "0.30")
        #expect(try margin(installation, "run").code == 65)
        let number = try installation.number("select max(load_id) from margin.finding_waiver")
        let shown = try installation.run("margin", "approve", "waiver", "\(number)", "--dry-run")
        #expect(shown.code == 0, "\(shown.errors)")
        #expect(
            shown.output.contains("for settlement_price, price “29.40” and no other value")
                && shown.output.contains("does not apply: now settlement_price, NG-2019-02, settlement"),
            "\(shown.output)")
        try await installation.close()
    }
}
