import Foundation
import Postgres
import Testing

/// What is dated before a day leaves for a folder and comes back, whatever happens in between.
@Suite struct ArchiveTests {
    static let day = "2018-12-28"
    static let dayBefore = "2018-12-27"
    /// What an archive changes beside what it takes.
    static let registers: Set = ["archive", "archive_restore"]

    @Test func `what is archived leaves, what later dates need stays, and it comes back row by row`() async throws {
        let installation = try await Self.installation()
        let tables = try installation.tables().filter { !Self.registers.contains($0.name) }
        let before = try installation.digests(tables)
        let verified = try Self.verify(installation, Self.dayBefore)
        #expect(verified.output.hasSuffix("  equal\n"), "\(verified.errors)")

        let archived = try installation.run(
            "margin", "archive", "--before", Self.day, "--to", Self.folder(installation))
        #expect(archived.code == 0, "\(archived.errors)")
        #expect(
            archived.output.hasPrefix(
                "runs dated before 2018-12-28 and inputs dated before 2018-12-27 are archived in \(Self.folder(installation)): "
            ),
            "\(archived.output)")
        try expectGone(installation)
        let kept = try installation.digests(tables)
        let changed = Set(tables.map(\.name).filter { kept[$0] != before[$0] })
        for name in ["position", "settlement_price", "risk_array", "margin_call", "report_file", "finding"] {
            #expect(changed.contains(name), "\(name)")
        }
        for name in ["run", "execution", "input_load", "corrected_row", "corrected_cell", "risk_factor_level"] {
            #expect(!changed.contains(name), "\(name)")
        }
        let later = try Self.verify(installation, Self.day)
        #expect(later.output.hasSuffix("  equal\n"), "\(later.output)\(later.errors)")
        let gone = try Self.verify(installation, Self.dayBefore)
        #expect(gone.code == 66)
        #expect(gone.errors.contains("hint: margin archive --restore \(Self.folder(installation))"), "\(gone.errors)")
        for command in ["show", "explain ANY", "diff --runs 1,1"] {
            let words = command.split(separator: " ").map(String.init) + ["--business-date", Self.dayBefore]
            let named = try installation.start("margin", words).wait()
            #expect(named.code == 66, "\(command)")
            #expect(
                named.errors == "error: \(Self.dayBefore) is archived in \(Self.folder(installation))\n"
                    + "hint: margin archive --restore \(Self.folder(installation))\n", "\(named.errors)")
        }
        let status = try installation.run("margin", "status", "--business-date", Self.dayBefore)
        #expect(
            status.output.contains(
                "next, EOD: archived in \(Self.folder(installation))\n  margin archive --restore \(Self.folder(installation))\n"
            ),
            "\(status.output)")
        let again = try installation.run("margin", "archive", "--before", Self.day, "--to", Self.folder(installation))
        #expect(again.code == 0 && again.output.contains("is archived already"), "\(again.output)\(again.errors)")

        let restored = try installation.run("margin", "archive", "--restore", Self.folder(installation))
        #expect(restored.code == 0, "\(restored.errors)")
        let after = try installation.digests(tables)
        for table in tables { #expect(after[table.name] == before[table.name], "\(table.name)") }
        #expect(try Self.verify(installation, Self.dayBefore).output == verified.output)
        let twice = try installation.run("margin", "archive", "--restore", Self.folder(installation))
        #expect(twice.code == 0 && twice.output.contains("is back already"), "\(twice.output)\(twice.errors)")
        let folder = Self.folder(installation) + "-2"
        #expect(try installation.run("margin", "archive", "--before", Self.day, "--to", folder).code == 0)
        let files = try Self.files(Self.folder(installation))
        #expect(files.count > 30)
        #expect(try Self.files(folder) == files)
        try await installation.close()
    }

    @Test func `dates that are needed, folders that are taken and archived dates are refused`() async throws {
        // Both runs in one block, which the dates cut through.
        let installation = try await Self.installation(secondRun: 2)
        func refuse(_ code: Int32, _ words: String, _ arguments: String...) throws {
            let ended = try installation.start("margin", arguments).wait()
            #expect(ended.code == code, "\(arguments): \(ended.output)\(ended.errors)")
            #expect(ended.errors.contains(words), "\(arguments): \(ended.errors)")
        }
        let folder = Self.folder(installation)
        try refuse(64, "name --before D --to FOLDER", "archive", "--before", Self.day)
        try refuse(65, "the newest published date is 2018-12-28", "archive", "--before", "2018-12-31", "--to", folder)
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
        try refuse(65, "exists already and holds something else", "archive", "--before", Self.day, "--to", folder)
        try FileManager.default.removeItem(atPath: folder)
        let price = [
            "correct", "price", "--business-date", Self.dayBefore, "--series", "WTI-F-2019-02", "--price", "46.5",
        ]
        #expect(try installation.start("margin", price + ["--reason", "r"]).wait().code == 0)
        let rerun = try installation.run("margin", "rerun", "--business-date", Self.dayBefore, "--reason", "r")
        #expect(rerun.code == 0, "\(rerun.errors)")
        try refuse(66, "2018-12-27 EOD run 2 is not published", "archive", "--before", Self.day, "--to", folder)
        #expect(try installation.run("margin", "publish", "--business-date", Self.dayBefore, "--run", "2").code == 0)
        #expect(try installation.run("margin", "archive", "--before", Self.day, "--to", folder).code == 0)

        try expectNamed(installation)
        for statement in [
            "delete from margin.position", "truncate margin.archive", "update margin.archive set folder = ''",
        ] {
            #expect(throws: PostgresError.self) { try installation.connect().script(statement) }
        }

        try refuse(66, "holds no archive", "archive", "--restore", installation.folder)
        let file = folder + "/margin_call.csv"
        var bytes = try Data(contentsOf: URL(fileURLWithPath: file))
        let original = bytes
        // The last digit of the last row's date or text: still a row.
        bytes[bytes.count - 2] = bytes[bytes.count - 2] == UInt8(ascii: "1") ? UInt8(ascii: "2") : UInt8(ascii: "1")
        try bytes.write(to: URL(fileURLWithPath: file))
        try refuse(65, "margin_call.csv is not what was archived", "archive", "--restore", folder)
        try expectGone(installation)
        try original.write(to: URL(fileURLWithPath: file))
        #expect(try installation.run("margin", "archive", "--restore", folder).code == 0)
        try await installation.close()
    }

    @Test func `killed at any point, everything is there or the archive is, and the next start completes`()
        async throws
    {
        let installation = try await Self.installation()
        let tables = try installation.tables().filter { !Self.registers.contains($0.name) }
        let whole = try installation.digests(tables)
        let archive = ["archive", "--before", Self.day, "--to", Self.folder(installation)]
        let restore = ["archive", "--restore", Self.folder(installation)]
        for point in ["mid-file", "after-rename", "before-commit", "after-commit"] {
            let killed = try installation.start(
                "margin", archive, environment: ["MARGIN_FAILPOINT": "archive:\(point)"]
            ).wait()
            #expect(killed.code == 137, "\(point): \(killed.errors)")
            if point == "after-commit" {
                try expectGone(installation)
            } else {
                #expect(try installation.digests(tables) == whole, "\(point)")
            }
            let isThere = FileManager.default.fileExists(atPath: Self.folder(installation))
            #expect(isThere == (point != "mid-file"), "\(point)")
            let ended = try installation.start("margin", archive).wait()
            #expect(ended.code == 0, "\(point): \(ended.errors)")
            try expectGone(installation)
            #expect(
                try Self.files(installation.folder + "/archives").keys.allSatisfy { !$0.contains(".building") },
                "\(point)")
            let goneDigests = try installation.digests(tables)
            for restorePoint in point == "mid-file" ? ["before-commit", "after-commit"] : [] {
                let cut = try installation.start(
                    "margin", restore, environment: ["MARGIN_FAILPOINT": "restore:\(restorePoint)"]
                ).wait()
                #expect(cut.code == 137, "\(restorePoint): \(cut.errors)")
                let expected = restorePoint == "before-commit" ? goneDigests : whole
                #expect(try installation.digests(tables) == expected, "\(restorePoint)")
            }
            let back = try installation.start("margin", restore).wait()
            #expect(back.code == 0, "\(point): \(back.errors)")
            #expect(try installation.digests(tables) == whole, "\(point)")
            try FileManager.default.removeItem(atPath: Self.folder(installation))
        }
        try await installation.close()
    }

    /// What a night shows of one that left, it cannot be computed from: that is said, and passes with the restore.
    @Test(arguments: ["false,true,false,", "false,false,true,"])
    func `a night that shows an archived one is verified once that is back`(_ wants: String) async throws {
        let installation = try await Self.installation(wants: wants)
        #expect(try Self.verify(installation, Self.day).output.hasSuffix("  equal\n"))
        let folder = Self.folder(installation)
        let archived = try installation.run("margin", "archive", "--before", Self.day, "--to", folder)
        #expect(archived.code == 0, "\(archived.errors)")
        let refused = try Self.verify(installation, Self.day)
        #expect(refused.code == 66)
        #expect(refused.errors.hasSuffix("hint: margin archive --restore \(folder)\n"), "\(refused.errors)")
        #expect(try installation.run("margin", "archive", "--restore", folder).code == 0)
        #expect(try Self.verify(installation, Self.day).output.hasSuffix("  equal\n"))
        try await installation.close()
    }

    /// Two published nights of the demo house, with a correction of a day before both, and a day of the month before
    /// that. The second night's run has this number: 64 is the first of a block.
    /// `wants`: whether the house wants tomorrow, pages and what moved.
    static func installation(
        secondRun: Int64 = 64, wants: String = "true,false,false,"
    ) async throws -> Installation {
        let installation = try await Installation(house: nil)
        let house = installation.folder + "/house"
        _ = try installation.run("margin", "generate", "--size", "demo", house)
        // Two days before the house's first one, with the same rows.
        for table in ["position", "settlement_price", "underlying_price", "volatility", "collateral_price", "fx_rate"] {
            let file = "\(house)/\(table).csv"
            guard let text = try? String(contentsOfFile: file, encoding: .utf8) else { continue }
            let earlier = text.split(separator: "\n").filter { $0.hasPrefix("2018-12-27,") }
            let added = ["2018-11-30", "2018-12-26"].flatMap { day in earlier.map { day + $0.dropFirst(10) + "\n" } }
                .joined()
            try (text + added).write(toFile: file, atomically: true, encoding: .utf8)
        }
        // What moved since an archived night, and a page that shows it, are computed again only once that is back.
        let settings = "\(house)/house.csv"
        let wanted = try String(contentsOfFile: settings, encoding: .utf8)
        try wanted.replacing("true,true,true,", with: wants).write(
            toFile: settings, atomically: true, encoding: .utf8)
        let steps = [
            ["load", house],
            [
                "correct", "price", "--business-date", "2018-12-26", "--series", "WTI-F-2019-02", "--price", "46.44",
                "--reason", "late print",
            ],
            ["run", "--business-date", dayBefore], ["run", "--business-date", day],
        ]
        for words in steps {
            if words.last == day {
                try installation.connect().script("select setval('margin.run_run_id_seq', \(secondRun - 1))")
            }
            let ended = try installation.start("margin", words).wait()
            #expect(ended.code == 0, "\(words): \(ended.errors)")
        }
        try FileManager.default.createDirectory(
            atPath: installation.folder + "/archives", withIntermediateDirectories: false)
        return installation
    }

    static func folder(_ installation: Installation) -> String { installation.folder + "/archives/2018" }

    private static func verify(_ installation: Installation, _ day: String) throws -> Ended {
        try installation.run("margin", "verify", "--business-date", day)
    }

    private static func files(_ folder: String) throws -> [String: Data] {
        var files: [String: Data] = [:]
        for path in try FileManager.default.subpathsOfDirectory(atPath: folder) {
            files[path] = FileManager.default.contents(atPath: "\(folder)/\(path)")
        }
        return files
    }

    /// Nothing the archive takes is left, and all that the next date needs is.
    private func expectGone(_ installation: Installation) throws {
        let old = "where business_date < '2018-12-27'"
        for table in ["position", "settlement_price", "fx_rate"] {
            #expect(try installation.number("select count(*) from margin.\(table) \(old)") == 0, "\(table)")
        }
        #expect(try installation.number("select count(*) from margin.position where business_date = '2018-12-27'") > 0)
        for table in ["risk_array", "margin_call", "combined_commodity_risk", "report_file", "computed_part"] {
            let rows =
                "select count(*) from margin.\(table) as t join margin.run as r using (run_id) where r.business_date"
            #expect(try installation.number("\(rows) < '2018-12-28'") == 0, "\(table)")
            #expect(try installation.number("\(rows) = '2018-12-28'") > 0, "\(table)")
        }
        #expect(try installation.number("select count(*) from margin.run where status = 'published'") == 2)
    }
}
