import Foundation
import Postgres
import PrivateCluster
import ServerTestSupport
import TestSupport
import Testing

/// A SPAN file written by somebody else.
@Suite struct `A SPAN file` {
    @Test func `written by hand gives the requirement worked out by hand`() async throws {
        try await withScratchFolder { folder in
            try HandWrittenSpan.write(to: folder)
            let ended = try HandWrittenSpan.replicate(in: folder)
            #expect(ended.code == 0, "\(ended.errors)")
            let document = try jsonObject(ended.output)
            #expect(document["parameter_set"] as? String == "HAND-2025-01-03")
            let account = try #require((document["accounts"] as? [[String: Any]])?.first)
            #expect(account["requirement"] as? String == "418.68")
            let currency = try #require((account["currencies"] as? [[String: String]])?.first)
            #expect(currency["requirement"] == "465.20")
            #expect(currency["initial_risk"] == "365.20")
            #expect(currency["net_option_value"] == "-100.00")
            let parts = try #require(account["components"] as? [[String: String]])
            #expect(parts.map { $0["combined_commodity"] } == ["AAA", "BBB"])
            #expect(parts.map { $0["scan"] } == ["140.00", "240.00"])
            #expect(parts.map { $0["intra_charge"] } == ["24.00", "0.00"])
            #expect(parts.map { $0["delivery_charge"] } == ["0.00", "18.00"])
            #expect(parts.map { $0["applied_credit"] } == ["70.00", "20.00"])
            #expect(parts.map { $0["short_option_minimum"] } == ["80.00", "0.00"])
            #expect(parts.map { $0["risk"] } == ["94.00", "238.00"])
        }
    }

    @Test func `becomes CSV files that margin load takes`() async throws {
        var settings = try await TestServer.settings()
        let name = "replica_\(ProcessInfo.processInfo.processIdentifier)_\(Int.random(in: 0..<1_000_000_000))"
        let owner = try await TestServer.connect()
        try owner.script("create database \(name)")
        settings.database = name
        try await withScratchFolder { folder in
            try HandWrittenSpan.write(to: folder)
            let read = try runProgram([
                "span", "import", folder + "/span.xml", folder + "/set", "--look-ahead-years", "0.004",
            ])
            #expect(read.code == 0, "\(read.errors)")
            #expect(read.output.contains("combined_commodity_margin: 2 rows"))
            #expect(try runProgram(["migrate"], environment: settings.environment).code == 0)
            let loaded = try runProgram(["load", folder + "/set"], environment: settings.environment)
            #expect(loaded.code == 0, "\(loaded.errors)")
            let rows = try CSVRows.rows(ofFile: folder + "/set/combined_commodity_margin.csv")
            #expect(rows.map { $0["price_scan_range_kind"] } == ["amount", "percent"])
            #expect(rows.map { $0["volatility_scan_range_kind"] } == ["relative", "absolute"])
            #expect(rows.map { $0["short_option_minimum_rate"] } == ["20.00", "0"])
            let tiers = try CSVRows.rows(ofFile: folder + "/set/month_tier.csv").map {
                "\($0["tier"] ?? "") \($0["contract_month"] ?? "")"
            }
            #expect(tiers == ["1 2025-03", "2 2025-06", "2 2025-09"])
            let again = try runProgram([
                "span", "import", folder + "/span.xml", folder + "/set", "--look-ahead-years", "0.004",
            ])
            #expect(again.code == 73)
            #expect(again.errors.contains("parameter_set.csv cannot be written: it exists already"))
        }
        try owner.script("drop database \(name) with (force)")
    }

    /// A text of the file, what stands there instead, and what is said of its line.
    static let refusals: [(old: String, new: String, said: String)] = [
        ("<spotRate>", "<hSpread/><spotRate>", "element hSpread in ccDef is not supported"),
        (
            "<scanPointDef><point>1", "<shockPointDef/><scanPointDef><point>1",
            "element shockPointDef in pointDef is not supported"
        ),
        ("<spanFile>", "<marginFile>", "element marginFile in the file is not supported"),
        ("<futPf>", "<futPf id=\"1\">", "attribute id of element futPf is not supported"),
        ("<fileFormat>4.00", "spare<fileFormat>4.00", "text between the elements of spanFile"),
        ("<chargeMeth>F<", "<chargeMeth>S<", "chargeMeth “S” is not supported"),
        ("<wfprMeth>NORMAL", "<wfprMeth>OTHER", "wfprMeth “OTHER” is not supported"),
        ("<riskExponent>0", "<riskExponent>2", "riskExponent “2” is not supported"),
        ("<val>12<", "<val>1e2<", "unreadable val “1e2”"),
        ("<a>-60</a>", "<a>-6O</a>", "unreadable a “-6O”"),
        ("<a>-60</a>", "<a>-60.000000001</a>", "unreadable a “-60.000000001”"),
        ("<cId>A-M5", "<cId>=A,M5", "unreadable cId “=A,M5”"),
        ("<pe>20250600</pe>", "<pe>2025061</pe>", "pe “2025061” is no contract month"),
        ("<tn>2</tn><rs>B", "<tn>7</tn><rs>B", "tn 7 is no tier in the intraTiers of AAA"),
        ("<tn>2</tn><sPe>", "<tn>1</tn><sPe>", "a second tier 1 in intraTiers"),
        ("<r>1</r><val>12", "<r>2</r><val>12", "rate with an r beside 1 is not supported"),
        ("<val>1.10<", "<val>1.2<", "val of rate 1 differs from another combined commodity's"),
        ("<pfCode>B</pfCode><cvf>", "<pfCode>C</pfCode><cvf>", "no ccDef links to the FUT family C"),
        ("<cvf>5</cvf>", "", "futPf has no cvf"),
        ("<cc>BBB</cc><name>", "<cc>BBB</cc><cc>BBB</cc><name>", "a second cc in ccDef"),
        (
            "<priceScanPct>0.08", "<priceScan>1</priceScan><priceScanPct>0.08",
            "scanRate has both or neither of priceScan and priceScanPct"
        ),
        ("<date>20250103", "<date>20250231", "unreadable date “20250231”"),
        ("<!-- written by hand -->", "<!DOCTYPE spanFile [<!ENTITY a \"b\">]>", "a document type is not supported"),
        ("</spanFile>", "", "no well-formed XML"),
    ]

    @Test(arguments: refusals.indices) func `is refused by name and line where it says more`(_ index: Int) async throws
    {
        let refusal = Self.refusals[index]
        try await withScratchFolder { folder in
            let line = try HandWrittenSpan.write(to: folder, replacing: refusal.old, with: refusal.new)
            let ended = try HandWrittenSpan.replicate(in: folder)
            #expect(ended.code == 65, "\(refusal.said): \(ended.errors)")
            #expect(ended.errors.contains(refusal.said), "\(ended.errors)")
            if refusal.said != "no well-formed XML", !refusal.said.hasPrefix("text between") {
                let index = refusal.said.contains(" has no ") ? line - 1 : line
                #expect(ended.errors.contains("span.xml, line \(index): "), "line \(index): \(ended.errors)")
            }
        }
    }

    /// Rows that are well-formed one by one and contradict each other are what the margin book refuses.
    @Test(arguments: [
        ("<a>-60</a>", "", "the array of series A-C50 has 3 values, scenario set R1 4 scenarios"),
        ("<val>0.5<", "<val>1.5<", "its credit rate is above 1"),
        ("<pairedPoint>1<", "<pairedPoint>4<", "does not name it in return"),
        ("<cId>A-M5", "<cId>A-H5", "a second series A-H5"),
    ])
    func `is refused where its rows contradict each other`(_ edit: (String, String, String)) async throws {
        try await withScratchFolder { folder in
            try HandWrittenSpan.write(to: folder, replacing: edit.0, with: edit.1)
            let ended = try HandWrittenSpan.replicate(in: folder)
            #expect(ended.code == 65, "\(ended.errors)")
            #expect(ended.errors.contains(edit.2), "\(ended.errors)")
        }
    }

    /// What is not well-formed, and how many lines below what was replaced the parser can see it.
    @Test(arguments: [
        ("</acctTypeDef>", "</acctTypeDef2>", 0), ("<name>Speculator<", "<name>A & B<", 0),
        ("<name>dollar<", "<name>a < b<", 0), ("<fileFormat>4.00</fileFormat>", "<fileFormat>4.00</fileFormat", 0),
        ("<weight>1</weight><pairedPoint>2<", "<weight>1</weight>\u{1}<pairedPoint>2<", 0),
    ])
    func `that is not well-formed is refused by the line of its first fault`(
        _ edit: (old: String, new: String, below: Int)
    ) async throws {
        try await withScratchFolder { folder in
            let line = try HandWrittenSpan.write(to: folder, replacing: edit.old, with: edit.new)
            let ended = try HandWrittenSpan.replicate(in: folder)
            #expect(ended.code == 65, "\(ended.errors)")
            #expect(
                ended.errors.contains("span.xml, line \(line + edit.below): no well-formed XML"), "\(ended.errors)")
        }
    }

    @Test func `that is not there is exit 66, and arrays beside it are exit 64`() async throws {
        #expect(try runProgram(["span", "import", "nowhere.xml", "set"]).code == 66)
        let ended = try runProgram(
            ["replicate", "--parameters", "a.xml", "--positions", "p.csv", "--arrays", "risk-arrays.json"])
        #expect(ended.code == 64)
    }
}
