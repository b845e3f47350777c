import Foundation
import TestSupport
import Testing

/// One's own data, from a folder of CSV files.
@Suite struct LoadTests {
    @Test func `a folder is loaded whole or not at all, with the bad cells of every file`() async throws {
        let installation = try await Installation()
        let before = try installation.number("select count(*) from margin.input_load")
        let house = try EditedHouse()
        try house.removeTable("parameter_set")
        try house.write("currency", "currency,minor_unit_decimals\nSEK,2\n")
        try house.write("clearing_member", "member,name,member_group\nGAMMA,Gamma,GAMMA\nDEL TA,Delta,DELTA\n")
        try house.write("interest_rate", "business_date,rate_code,rate\n2018-12-31,SEK-1D,low\n")
        for table in try FileManager.default.contentsOfDirectory(atPath: house.folder) {
            let name = String(table.dropLast(4))
            if !["currency", "clearing_member", "interest_rate"].contains(name) { try house.removeTable(name) }
        }
        let refused = try installation.run("margin", "load", house.folder)
        #expect(refused.code == 65)
        #expect(refused.errors.contains("clearing_member.csv: nothing was loaded: 1 error\n  line 3, member “DEL TA”"))
        #expect(refused.errors.contains("interest_rate.csv: nothing was loaded: 1 error\n  line 2, rate “low”"))
        #expect(
            refused.errors.hasSuffix(
                "of the 3 files of \(house.folder) none is loaded: 2 files refused, 1 without a fault of its own\n"
                    + "hint: mend the files and load the folder again\n"), "\(refused.errors)")
        #expect(try installation.number("select count(*) from margin.input_load") == before)
        #expect(try installation.number("select count(*) from margin.currency where currency = 'SEK'") == 0)
        try house.replace("clearing_member", "DEL TA", with: "DELTA")
        try house.replace("interest_rate", "low", with: "-0.0025")
        let mended = try installation.run("margin", "load", house.folder)
        #expect(mended.code == 0, "\(mended.errors)")
        #expect(mended.output == "clearing_member: 2 rows\ncurrency: 1 row\ninterest_rate: 1 row\n")
        try house.close()
        try await installation.close()
    }

    @Test func `a folder's file that would not be loaded is named before anything is loaded`() async throws {
        let installation = try await Installation()
        let before = try installation.number("select count(*) from margin.input_load")
        let house = try EditedHouse()
        for name in try FileManager.default.contentsOfDirectory(atPath: house.folder) where name != "currency.csv" {
            try house.removeTable(String(name.dropLast(4)))
        }
        try house.write("currency", "currency,minor_unit_decimals\nSEK,2\n")
        for name in [".DS_Store", "README.md", "readme", "business-date"] {
            try Data().write(to: URL(fileURLWithPath: "\(house.folder)/\(name)"))
        }
        for (name, said) in [
            ("trade.CSV", "the file of trade is named trade.csv"),
            ("Trade.csv", "the file of trade is named trade.csv"),
            ("trade (1).csv", "the file of trade is named trade.csv"), ("trade.csv.gz", "the file of trade is named"),
            ("trade.csv~", "the file of trade is named trade.csv"), ("book.csv", "there is no such table"),
            ("positions.xlsx", "is no file of a table"), ("expected/x", "is a folder"),
        ] {
            let path = "\(house.folder)/\(name)"
            let entry = String(name.split(separator: "/")[0])
            try FileManager.default.createDirectory(
                at: URL(fileURLWithPath: path).deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data().write(to: URL(fileURLWithPath: path))
            let refused = try installation.run("margin", "load", house.folder)
            #expect(refused.code == 65, "\(name)")
            #expect(refused.errors.contains("nothing was loaded\n  \(entry): \(said)"), "\(refused.errors)")
            try FileManager.default.removeItem(atPath: "\(house.folder)/\(entry)")
        }
        #expect(try installation.number("select count(*) from margin.input_load") == before)
        let mended = try installation.run("margin", "load", house.folder)
        #expect(mended.code == 0 && mended.output == "currency: 1 row\n", "\(mended.errors)")
        let whole = try installation.run("margin", "load", Checkout.fixtures + "/single-future")
        #expect(whole.code == 66 && whole.errors.contains("single-future/input"), "\(whole.errors)")
        try house.close()
        try await installation.close()
    }

    /// The same file for a load and for a correction, and what both say of it.
    static let malformed: [(bytes: [UInt8], said: String)] = [
        (
            Array("business_date,series,price,currency\n2018-12-31,CL-2019-03,45,USD\n\\.\n".utf8),
            "line 3: \\. ends a file"
        ),
        (
            Array("business_date,series,price,price\n2018-12-31,CL-2019-03,45,45\n".utf8),
            "line 1: the column price stands twice"
        ),
        (
            Array("# x\nbusiness_date,series,price,\n2018-12-31,CL-2019-03,45,\n".utf8),
            "line 2: cell 4 of the header is empty"
        ),
        (
            Array("business_date,series,price,currency\n2018-12-31,\"CL-2019-03,45,USD\n\n".utf8),
            "line 2: a quote is opened"
        ),
        (Array("business_date,series,price,currency\n2018-12-31,CL-2019-03,45\n".utf8), "line 2: it has too few cells"),
        (
            Array("business_date,series,price,currency\n2018-12-31,CL-2019-03,45,USD,\n".utf8),
            "line 2: it has more cells"
        ),
        (
            Array("business_date,series,price,currency\n31-Dec-18,CL-2019-03,45,USD\n".utf8),
            "business_date “31-Dec-18”: is not a date"
        ),
        (
            Array("business_date,series,price,currency\n2018-12-31,CL-2019-03,4.5e1,USD\n".utf8),
            "price “4.5e1”: is not written"
        ),
        (
            Array("business_date,series,price,last_quoted_on,currency\n2018-12-31,CL-2019-03,45,today,USD\n".utf8),
            "last_quoted_on “today”"
        ),
        ([0xFF, 0xFE] + Array("b\0u\0".utf8), "line 1: it is UTF-16 text: save the file as UTF-8"),
        (Array("b\0u\0".utf8), "line 1: it is UTF-16 text"), ([], "the file is empty"),
        (Array("business_date,series,price,currency\n2018-12-31,CL\0,45,USD\n".utf8), "line 2: it has a byte 0"),
        (
            Array("business_date,series,price,currency\n2018-12-31,".utf8) + [0xFC] + Array(",45,USD\n".utf8),
            "line 2: it is not UTF-8 text"
        ),
    ]

    @Test func `a malformed file is refused by its line, loaded or corrected from`() async throws {
        let installation = try await Installation()
        let before = try installation.number("select count(*) from margin.input_load")
        let path = "\(installation.folder)/prices.csv"
        for file in Self.malformed {
            try Data(file.bytes).write(to: URL(fileURLWithPath: path))
            for ended in [
                try installation.run("margin", "load", "settlement_price", path),
                try installation.run(
                    "margin", "correct", "row", "settlement_price", "--from", path, "--reason", "test"),
            ] {
                #expect(ended.code == 65, "\(file.said): \(ended.errors)")
                #expect(
                    ended.errors.contains("settlement_price, \(path): ") && ended.errors.contains(file.said),
                    "\(file.said): \(ended.errors)")
            }
        }
        #expect(try installation.number("select count(*) from margin.input_load") == before)
        let empty = try installation.run(
            "margin", "correct", "price", "--business-date", "2018-12-31", "--series", "CL-2019-03", "--price", "+45",
            "--last-quoted-on", "infinity", "--reason", "test")
        #expect(empty.code == 65 && empty.errors.contains("price “+45”: is not written"), "\(empty.errors)")
        #expect(empty.errors.contains("last_quoted_on “infinity”: is not a date"), "\(empty.errors)")
        try await installation.close()
    }
}
