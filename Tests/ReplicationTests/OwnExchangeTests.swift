import Foundation
import TestSupport
import Testing

/// A file with the kinds of element that an exchange's has.
@Suite struct `An exchange's SPAN file` {
    private static func replicate(_ file: String, in folder: String) throws -> BuiltProgram.Ended {
        try runProgram([
            "replicate", "--parameters", file, "--positions", folder + "/positions.csv", "--accounts",
            folder + "/accounts.csv", "--json",
        ])
    }

    @Test func `gives the requirement worked out by hand, and so does what is written from it`() async throws {
        try await withScratchFolder { folder in
            try OwnExchangeSpan.write(
                to: folder, replacing: "<capAnov>", with: "<lookAheadYears>0.004</lookAheadYears><capAnov>")
            let ended = try Self.replicate(folder + "/own.spn", in: folder)
            #expect(ended.code == 0, "\(ended.errors)")
            let document = try jsonObject(ended.output)
            let account = try #require((document["accounts"] as? [[String: Any]])?.first)
            #expect(account["requirement"] as? String == "1208.87")
            let parts = try #require(account["components"] as? [[String: String]])
            #expect(parts.map { $0["combined_commodity"] } == ["ALFA", "BETA"])
            #expect(parts.map { $0["scan"] } == ["69.38", "296.67"])
            #expect(parts.map { $0["intra_charge"] } == ["230.55", "0.00"])
            #expect(parts.map { $0["applied_credit"] } == ["24.73", "178.00"])
            #expect(parts.map { $0["short_option_minimum"] } == ["75.00", "0.00"])
            #expect(parts.map { $0["risk"] } == ["275.20", "118.67"])

            for (from, to) in [("own.spn", "first.xml"), ("first.xml", "second.xml")] {
                let written = try runProgram(["span", "export", "--parameters", "\(folder)/\(from)", "\(folder)/\(to)"])
                #expect(written.code == 0, "\(written.errors)")
            }
            let first = try String(contentsOfFile: folder + "/first.xml", encoding: .utf8)
            #expect(try String(contentsOfFile: folder + "/second.xml", encoding: .utf8) == first)
            for text in [
                "<mult>0.333333</mult>", "<mult>-1.000000</mult>", "<cId>1</cId>", "<desc>101</desc>", "<p>7.6</p>",
                "<pe>202506S1</pe>", "<priceScan>445</priceScan>", "<tn>0</tn>", "<d>0.512345</d>", "<baseR>1</baseR>",
                "<lookAheadDays>1.46</lookAheadDays>",
            ] { #expect(first.contains(text), "\(text)") }
            #expect(
                try Self.replicate(folder + "/first.xml", in: folder).output
                    == ended.output.replacing("OWN-", with: "CCP-"))
        }
    }

    @Test func `becomes the tables of a house, a market and a parameter set`() async throws {
        try await withScratchFolder { folder in
            try OwnExchangeSpan.write(to: folder)
            func rows(_ table: String) throws -> [[String: String]] {
                try CSVRows.rows(ofFile: "\(folder)/set/\(table).csv")
            }
            let read = try runProgram([
                "span", "import", folder + "/own.spn", folder + "/set", "--look-ahead-years", "0.004",
            ])
            #expect(read.code == 0, "\(read.errors)")
            #expect(try rows("currency").map { $0["currency"] } == ["TRY"])
            #expect(try rows("contract").map { $0["contract"] } == ["ALFA", "BETA", "ALFA-OOP"])
            #expect(try rows("contract").map { $0["carry_rate_code"] } == ["", "", "CARRY-0.08"])
            #expect(try rows("contract").map { $0["volatility_source"] } == ["", "", "assigned"])
            #expect(try rows("series").map { $0["contract_month"] } == ["2025-06-S1", "2025-06-S0", "2025-06-S0"])
            #expect(try rows("series").map { $0["underlying"] } == ["", "", "ALFA"])
            #expect(try rows("underlying_price").map { $0["price"] } == ["7.61"])
            #expect(try rows("volatility").map { $0["volatility"] } == ["0.2"])
            #expect(try rows("scenario").map { $0["price_move_numerator"] } == ["0", "0", "0.333333", "-1"])
            #expect(try rows("composite_delta_weight").map { $0["weight"] } == ["0.250000", "0.500000", "0.250000"])
            #expect(try rows("account_class").map { $0["initial_ratio"] } == ["1"])
            let margins = try rows("combined_commodity_margin")
            // 445 by 2520.54795, rounded up.
            #expect(margins.map { $0["price_scan_range"] } == ["0.9", "0.176548912708", "0"])
            #expect(margins.map { $0["look_ahead_days"] } == ["1.46", "1.46", "1.46"])
            #expect(margins.map { $0["array_decimals"] } == ["6", "6", ""])
            #expect(margins.map { $0["delta_decimals"] } == ["6", "", ""])
            #expect(margins.map { $0["maintenance_ratio"] } == ["0.750000", "0.750000", "0.750000"])
            #expect(Set(try rows("intra_spread").map { $0["combined_commodity"] }) == ["ALFA", "BETA"])
        }
    }

    @Test func `needs a look-ahead: its own, else the one that is given, else it is refused`() async throws {
        try await withScratchFolder { folder in
            try OwnExchangeSpan.write(to: folder)
            let none = try runProgram(["span", "import", folder + "/own.spn", folder + "/none"])
            #expect(none.code == 65)
            #expect(none.errors.contains("own.spn does not say how far on its arrays are valued"), "\(none.errors)")
            #expect(none.errors.contains("hint: --look-ahead-years"))
            let wrong = try runProgram([
                "span", "import", folder + "/own.spn", folder + "/wrong", "--look-ahead-years", "1.46",
            ])
            #expect(wrong.code == 64)
            try OwnExchangeSpan.write(
                to: folder, replacing: "<capAnov>", with: "<lookAheadYears>0.01</lookAheadYears><capAnov>")
            let own = try runProgram([
                "span", "import", folder + "/own.spn", folder + "/own", "--look-ahead-years", "0.004",
            ])
            #expect(own.code == 0, "\(own.errors)")
            let margins = try CSVRows.rows(ofFile: folder + "/own/combined_commodity_margin.csv")
            #expect(margins.map { $0["look_ahead_days"] } == ["3.65", "3.65", "3.65"])
        }
    }

    /// What may not stand in such a file, what stands there instead, and what is said of its line.
    @Test(arguments: [
        ("<point>3</point>", "<point>2</point>", "a second scanPointDef of point 2"),
        ("<deltaPointDef><point>3</point>", "<deltaPointDef><point>1</point>", "a second deltaPointDef of point 1"),
        ("<a>-29.999970</a>", "", "the array of series 101 has 3 values, scenario set R1 4 scenarios"),
        ("<mult>0.333333</mult>", "<mult>1.000000</mult>", "mult 1 is not numerator 1 by denominator 3"),
        ("<isContractScale>0<", "<isContractScale>1<", "isContractScale “1” is not supported"),
        ("<applyBasisRisk>0<", "<applyBasisRisk>1<", "applyBasisRisk “1” is not supported"),
        ("<mult>0.333333</mult>", "<mult>1000001</mult>", "mult 1000001 is beyond 1000000"),
        (
            "<cvf>100.0000000</cvf>\n<val>761.00<", "<cvf>0.000000000001</cvf><val>999999999999999<",
            "val 999999999999999 by cvf 0.000000000001 leaves 128 bits"
        ),
        (
            "<priceScan>445.000000<", "<priceScan>999999999999999999999999999999<",
            "unreadable priceScan “999999999999999999999999999999”"
        ),
        ("<cpm>0<", "<cpm>1<", "cpm “1” is not supported"),
        ("<svf>100.0000000<", "<svf>10.0000000<", "svf 10"),
        ("<sc>1.000000</sc><setlDate>20250630</setlDate>", "<sc>2</sc><setlDate>20250630</setlDate>", "sc beside 1"),
        ("<pe>202506S1<", "<pe>20250630S1<", "pe “20250630S1” is no contract month"),
        ("<cId>201<", "<cId>101<", "a second series 101"),
        ("<decimalPos>2<", "<decimalPos>-3<", "unreadable decimalPos “-3”"),
        (
            "<tier><tn>0</tn></tier></intraTiers>", "<tier><tn>0</tn><sPe>202506</sPe></tier></intraTiers>",
            "sPe of tier 0"
        ),
        ("<a>0.239129</a>", "<a><a><a><a>0.1</a></a></a></a>", "element a is nested deeper than 9 elements"),
        ("<name>Own</name>", "<name>&own;</name>", "no well-formed XML"),
        ("<pq>0</pq>", "<pq>\(String(repeating: "0", count: 10_001))</pq>", "a text of more than 10000 bytes"),
        ("<d>0.512345<", "<d>0.5123456789<", "unreadable d “0.5123456789”"),
    ])
    func `is refused by name and line`(_ edit: (old: String, new: String, said: String)) async throws {
        try await withScratchFolder { folder in
            let line = try OwnExchangeSpan.write(to: folder, replacing: edit.old, with: edit.new)
            let ended = try Self.replicate(folder + "/own.spn", in: folder)
            #expect(ended.code == 65, "\(edit.said): \(ended.errors)")
            #expect(ended.errors.contains(edit.said), "\(ended.errors)")
            #expect(ended.errors.contains("own.spn, line \(line): "), "line \(line): \(ended.errors)")
        }
    }

    @Test func `cut off anywhere is refused by line, never read as far as it goes`() async throws {
        try await withScratchFolder { folder in
            let bytes = Data(OwnExchangeSpan.text.utf8)
            for part in 1...12 {
                let cut = bytes.prefix(bytes.count * part / 13)
                try cut.write(to: URL(fileURLWithPath: folder + "/cut.spn"))
                let ended = try runProgram([
                    "span", "import", folder + "/cut.spn", folder + "/set", "--look-ahead-years", "0.004",
                ])
                #expect(ended.code == 65, "\(ended.errors)")
                let lines = cut.count { $0 == UInt8(ascii: "\n") } + 1
                let named = try #require(
                    ended.errors.firstMatch(of: /line (\d+): no well-formed XML/)?.output.1, "\(ended.errors)")
                #expect((lines - 1...lines).contains(try #require(Int(named))), "\(ended.errors)")
                #expect(!FileManager.default.fileExists(atPath: folder + "/set"))
            }
        }
    }

    @Test func `in the declared encoding is read in it, and in another one is refused`() async throws {
        try await withScratchFolder { folder in
            try OwnExchangeSpan.write(to: folder)
            let latin = Data(
                OwnExchangeSpan.text.replacing("LİRASI", with: "LIRASI").unicodeScalars.map { UInt8($0.value) })
            try latin.write(to: URL(fileURLWithPath: folder + "/own.spn"))
            #expect(try Self.replicate(folder + "/own.spn", in: folder).code == 0)
            let text = String(decoding: latin, as: UTF8.self)
            #expect(text.contains("\u{FFFD}"))
            let other = Data(
                OwnExchangeSpan.text.replacing("ISO-8859-1", with: "windows-1254").replacing("LİRASI", with: "LIRASI")
                    .unicodeScalars.map { UInt8($0.value) })
            try other.write(to: URL(fileURLWithPath: folder + "/own.spn"))
            let ended = try Self.replicate(folder + "/own.spn", in: folder)
            #expect(ended.code == 65 && ended.errors.contains("own.spn is not valid utf-8"), "\(ended.errors)")
        }
    }
}
