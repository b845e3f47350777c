import Foundation
import Postgres
import Storage
import TestSupport
import Testing

/// A database of one release, with a house and a published night in it, under a program of another.
@Suite struct UpgradeTests {
    static let day = "2018-12-31"

    @Test func `make schema prints what a new database gets`() throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/make")
        process.arguments = ["--silent", "--directory", Checkout.root, "--no-print-directory", "schema"]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let printed = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        #expect(printed.split(separator: "\n") == Schema.current.text.split(separator: "\n"))
    }

    @Test func `a made-up step keeps every row, and the program before it refuses what comes out`() async throws {
        let installation = try await Installation()
        let correction = try installation.run(
            "margin", "correct", "price", "--business-date", Self.day, "--series", "CL-2019-03", "--price", "45.80",
            "--reason", "late print")
        #expect(correction.code == 0, "\(correction.errors)")
        let night = try installation.run("margin", "run", "--business-date", Self.day)
        #expect(night.code == 0, "\(night.errors)")
        let tables = try installation.tables()
        let before = try installation.digests(tables)
        #expect(before.filter { !$0.value.hasPrefix("0 ") }.count > 30)

        let current = Schema.current
        let step = Schema.Upgrade(
            release: current.release + 1, name: "made-up",
            text: """
                alter table margin.margin_call add column rating text not null default 'A';
                alter table margin.settlement_price add column venue text;
                create table margin.rating (member margin.member_code primary key, rating text not null);
                """)
        let later = Schema(files: current.files, functions: current.functions, upgrades: current.upgrades + [step])
        let done = try SchemaInstaller(try installation.connect(), schema: later).install()
        #expect(done == ["upgraded to release \(step.release): made-up"])
        let after = try installation.digests(tables)
        for table in tables { #expect(after[table.name] == before[table.name], "\(table.name)") }
        for command in [["status", "--business-date", Self.day], ["migrate"]] {
            let refused = try installation.start("margin", command).wait()
            #expect(refused.code == 78)
            let message = "it is of release \(step.release), this program knows \(current.release)"
            #expect(refused.errors.contains(message), "\(refused.errors)")
        }
        try await installation.close()
    }

    @Test func `a database from before release 0 is refused with what to do`() async throws {
        let installation = try await Installation(house: nil, isMigrated: false)
        try installation.connect().script(
            "create schema margin_schema; create table margin_schema.migration (name text primary key)")
        for command in [["status", "--business-date", Self.day], ["migrate"]] {
            let refused = try installation.start("margin", command).wait()
            #expect(refused.code == 78)
            #expect(refused.errors.contains("from before release 0"), "\(refused.errors)")
            #expect(refused.errors.contains("load the house again"), "\(refused.errors)")
        }
        try await installation.close()
    }
}
