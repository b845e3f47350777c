import Foundation
import Postgres
import Quantities
import TestSupport
import Testing

/// `margin message`: what a published night says, held to python-iso20022's metadata and to the night's reports.
@Suite(.enabled(if: MessageCheck.isInstalled, "python-iso20022 is not installed: run jobs/setup-readers.sh"))
struct MarginReportMessageTests {
    private static let day = "2018-12-31"
    private static let root = "secl.005.001.02/MrgnRpt"

    private func withNight(_ body: (Installation) throws -> Void) async throws {
        let installation = try await Installation.editing { try $0.addIdentifications() }
        for date in ["2018-12-28", Self.day] {
            let night = try installation.run("margin", "run", "--business-date", date)
            #expect(night.code == 0, "\(night.errors)")
        }
        try body(installation)
        try await installation.close()
    }

    private func message(_ installation: Installation, _ words: String..., to file: String) throws -> String {
        let path = installation.folder + "/" + file
        let ended = try installation.start(
            "margin", ["message", "secl.005", "--business-date", Self.day, "--out", path] + words
        ).wait()
        #expect(ended.code == 0, "\(words): \(ended.errors)")
        return path
    }

    private func rows(_ installation: Installation, _ report: String, of member: String) throws -> [[String: String]] {
        let folder = "\(installation.reports)/\(Self.day)/EOD/current"
        let name = "\(report).\(Self.day).\(member).EOD.r1.csv"
        // A member without rows gets no file.
        guard try FileManager.default.contentsOfDirectory(atPath: folder).contains(name) else { return [] }
        return try CSVRows.rows(ofFile: "\(folder)/\(name)")
    }

    private func sum(_ texts: [String?]) throws -> ExactDecimal {
        try texts.reduce(ExactDecimal.zero) { $0 + (try #require($1.flatMap { ExactDecimal($0) })) }
    }

    @Test func `the margin report is of its schema and has the figures of the night's reports`() async throws {
        try await withNight { installation in
            var (told, addOns) = (0, 0)
            for (member, currency) in [("ALPHA", "USD"), ("BETA", "EUR"), ("BETA", "USD"), ("DELTA", "EUR")] {
                let file = try message(
                    installation, "--member", member, "--currency", currency, to: "\(member)-\(currency).xml")
                let (faults, values) = try MessageCheck.read(file, in: installation)
                #expect(faults == [], "\(member)")
                #expect(values["\(Self.root)/RptParams/RptId"] == "MR-\(Self.day)-EOD-r1-\(currency)")
                #expect(values["\(Self.root)/RptParams/Frqcy"] == "DAIL")
                #expect(values["\(Self.root)/ClrMmb/PrtryId/Id"] == member)
                #expect(values["\(Self.root)/ClrMmb/PrtryId/Issr"] == EditedHouse.lei)
                let calls = try rows(installation, "margin-call", of: member).filter {
                    $0["call_currency"] == currency
                }
                #expect(!calls.isEmpty)
                for (index, call) in calls.enumerated() {
                    addOns += try expect(values, "\(Self.root)/RptDtls[\(index + 1)]", call, in: installation)
                    told += 1
                }
                let totals = calls.flatMap { [$0["requirement"], $0["add_ons"], $0["unpaid_variation_margin"]] }
                let summary = try sum([values["\(Self.root)/RptSummry/TtlMrgnAmt/Amt"]])
                #expect(summary == (try sum(totals)))
            }
            #expect(told == 4 && addOns > 1)
            let published = try installation.connect().value(
                """
                select to_char(published_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') from margin.run
                where business_date = '\(Self.day)'
                """, as: .text)
            let again = try message(installation, "--member", "ALPHA", to: "again.xml")
            let bytes = try #require(FileManager.default.contents(atPath: again))
            #expect(bytes == FileManager.default.contents(atPath: installation.folder + "/ALPHA-USD.xml"))
            #expect(String(decoding: bytes, as: UTF8.self).contains("<DtTm>\(published)</DtTm>"))
            let printed = try installation.run(
                "margin", "message", "secl.005", "--business-date", Self.day, "--member", "ALPHA", "--out", "-")
            #expect(Data(printed.output.utf8) == bytes)
            try expectRed(installation, String(decoding: bytes, as: UTF8.self))
        }
    }

    /// One account's element beside its row of the report margin-call and those of add-ons and collateral; how many
    /// kinds of add-on it has.
    private func expect(
        _ values: [String: String], _ path: String, _ call: [String: String], in installation: Installation
    ) throws -> Int {
        let member = try #require(call["member"])
        let calculation = "\(path)/MrgnClctn[1]"
        func all(_ end: String, below: String = "") -> [String] {
            values.filter { $0.key.hasPrefix(calculation + below) && $0.key.hasSuffix(end) }.map(\.value)
        }
        #expect(values["\(path)/MrgnAcct/Id"] == call["account"])
        #expect(values["\(path)/MrgnAcct/Tp"] == (call["origin"] == "house" ? "HOUS" : "CLIE"))
        #expect(values["\(calculation)/MrgnTpAmt/InitlMrgn/RptgAmt"] == call["requirement"])
        #expect(values["\(calculation)/TtlMrgnAmt/Amt@Ccy"] == call["call_currency"])
        let total = try sum([call["requirement"], call["add_ons"], call["unpaid_variation_margin"]])
        #expect((try sum([values["\(calculation)/TtlMrgnAmt/Amt"]])) == total)
        let others = try sum(all("/Amt/RptgAmt", below: "/MrgnTpAmt/OthrMrgn"))
        #expect(others == (try sum([call["add_ons"], call["unpaid_variation_margin"]])))
        let addOns = try rows(installation, "add-ons", of: member).filter {
            $0["account"] == call["account"] && $0["converted_amount"] != "0.00"
        }
        #expect(Set(all("/Tp/Prtry/Id")).count == Set(addOns.map { $0["add_on"] }).count)
        #expect((try sum(all("/PstHrcutVal"))) == (try sum([call["collateral_value"]])))
        let posted = try rows(installation, "collateral", of: member).filter { $0["account"] == call["account"] }
        let market = try posted.reduce(ExactDecimal.zero) { sum, item in
            let factors = try ["quantity", "price", "fx_rate"].map { name in
                try #require(item[name].flatMap { ExactDecimal($0) })
            }
            return sum + factors.reduce(.one, *).rounded(toScale: 2)
        }
        #expect((try sum(all("/MktVal"))) == market)
        let deficit = try #require(call["deficit"])
        #expect(
            values["\(calculation)/MrgnRslt/\(deficit.hasPrefix("-") ? "XcssAmt" : "DfcitAmt")"]
                == deficit.replacing("-", with: ""))
        return all("/Tp/Prtry/Id").count
    }

    /// The check itself is held to what it says it looks at.
    private func expectRed(_ installation: Installation, _ message: String) throws {
        let changes: [(old: String, new: String, fault: String)] = [
            ("   <RptCcy>USD</RptCcy>\n", "", "RptParams/RptCcy: 0 of it"),
            ("<PgNb>1</PgNb>", "<PgNb>100000</PgNb>", "Pgntn/PgNb: 100000 has not the pattern"),
            ("<LastPgInd>true</LastPgInd>", "<LastPgInd>yes</LastPgInd>", "yes is no flag"),
            ("<Tp>HOUS</Tp>", "<Tp>HOME</Tp>", "HOME is no code of ClearingAccountType1Code"),
            ("Ccy=\"USD\"", "Ccy=\"usd\"", "@Ccy: usd has not the pattern"),
            ("<Frqcy>DAIL</Frqcy>", "<Frqcy>DAIL</Frqcy>\n   <Frqcy>DAIL</Frqcy>", "RptParams/Frqcy: 2 of it"),
            (
                "   <Frqcy>DAIL</Frqcy>\n", "   <Frqcy>DAIL</Frqcy>\n   <RptNm>x</RptNm>\n",
                "RptNm is out of its place, or unknown"
            ),
            (
                "  <PgNb>1</PgNb>\n   <LastPgInd>true</LastPgInd>", "  <LastPgInd>true</LastPgInd>\n   <PgNb>1</PgNb>",
                "PgNb is out of its place"
            ),
            (
                "<DtTm>", "<Dt>2018-12-31</Dt>\n    <DtTm>", "RptDtAndTm: 2 of a choice of one"
            ),
            ("secl.005.001.02\"", "secl.005.001.03\"", "No module named"),
        ]
        for (index, change) in changes.enumerated() {
            #expect(message.contains(change.old), "\(change.old)")
            let file = try installation.write(
                "changed-\(index).xml", message.replacing(change.old, with: change.new, maxReplacements: 1))
            let faults = try MessageCheck.read(file, in: installation).faults
            #expect(faults.contains { $0.contains(change.fault) }, "\(change.fault): \(faults)")
        }
        for (amount, fault) in [
            ("1234567890123456789", "more than 18 digits"), ("0.123456", "more than 5 decimals"), ("-1", "is below 0"),
            ("1e3", "is no decimal"),
        ] {
            let changed = message.replacing(
                try Regex("<RptgAmt>[0-9.]+</RptgAmt>"), with: "<RptgAmt>\(amount)</RptgAmt>", maxReplacements: 1)
            let file = try installation.write("amount.xml", changed)
            let faults = try MessageCheck.read(file, in: installation).faults
            #expect(faults.contains { $0.contains(fault) }, "\(amount): \(faults)")
        }
    }

    @Test func `what cannot be written is refused with what mends it`() async throws {
        try await withNight { installation in
            let night = ["--business-date", Self.day, "--out", "-"]
            for (words, code, said) in [
                (["pain.001"] + night, 64, "secl.005"),
                (["secl.005"] + night, 64, "add --member MEMBER"),
                (["secl.005", "--member", "NOBODY"] + night, 66, "has no call of member NOBODY"),
                (["secl.005", "--member", "NOBODY"] + night, 66, "its members: ALPHA, BETA, DELTA, GAMMA"),
                (["secl.005", "--member", "BETA"] + night, 64, "a message is of one: EUR, USD"),
                (["secl.005", "--member", "ALPHA", "--currency", "EUR"] + night, 66, "--currency takes one of: USD"),
                (
                    ["secl.005", "--member", "ALPHA", "--business-date", "2019-01-02", "--out", "-"], 66,
                    "margin status --business-date 2019-01-02"
                ),
                (
                    ["secl.005", "--member", "ALPHA", "--cycle", "ITD"] + night, 66,
                    "there is no published run of \(Self.day) ITD"
                ),
            ] as [([String], Int32, String)] {
                let ended = try installation.start("margin", ["message"] + words).wait()
                #expect(ended.code == code && ended.errors.contains(said), "\(words): \(ended.errors)")
                #expect(ended.output.isEmpty)
            }
            let path = try message(installation, "--member", "ALPHA", to: "once.xml")
            let twice = try installation.run(
                "margin", "message", "secl.005", "--business-date", Self.day, "--member", "ALPHA", "--out", path)
            #expect(twice.code == 73 && twice.errors.contains("it exists already"), "\(twice.errors)")
        }
        for (lei, said) in [
            ("", "the house has no identification: house.lei is empty"),
            ("000000TESTHOUSE00057", "house.lei 000000TESTHOUSE00057 is no legal entity identifier"),
        ] {
            let installation = try await Installation.editing { house in
                try house.addIdentifications()
                try house.replace("house", EditedHouse.lei, with: lei)
            }
            _ = try installation.run("margin", "run", "--business-date", Self.day)
            let ended = try installation.run(
                "margin", "message", "secl.005", "--business-date", Self.day, "--member", "ALPHA", "--out", "-")
            #expect(ended.code == 65 && ended.errors.contains(said), "\(ended.errors)")
            #expect(ended.errors.contains("margin correct row house"))
            try await installation.close()
        }
        let misspelt = try await Installation(house: nil)
        let file = try misspelt.write("house.csv", "effective_from,base_currency,lei", "2018-01-01,USD,TESTHOUSE")
        let loaded = try misspelt.run("margin", "load", "house", file)
        #expect(loaded.code == 65 && loaded.errors.contains("lei"), "\(loaded.errors)")
        try await misspelt.close()
    }
}
