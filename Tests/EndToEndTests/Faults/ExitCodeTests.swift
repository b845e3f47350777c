import Foundation
import Postgres
import PrivateCluster
import TestSupport
import Testing

/// What stands in the way of a night besides its data, by the exit code it ends with.
@Suite struct ExitCodeTests {
    @Test func `a database that cannot be reached is exit 69, with what is set and how to look`() async throws {
        let installation = try await Installation()
        let night = try installation.run(
            "margin", "run", "--business-date", "2018-12-31",
            environment: ["PGHOST": installation.folder, "PGPORT": "5999"])
        #expect(night.code == 69, "\(night.errors)")
        #expect(night.errors.contains("PGHOST=\(installation.folder), PGPORT=5999"))
        try await installation.close()
    }

    @Test func `a database without the schema is exit 78, with the command that brings it`() async throws {
        let installation = try await Installation()
        let empty = installation.settings.database + "_empty"
        try installation.connect().script("create database \(empty)")
        for arguments in [["run", "--business-date", "2018-12-31"], ["load", "position", "book.csv"]] {
            let ended = try installation.start("margin", arguments, environment: ["PGDATABASE": empty]).wait()
            #expect(ended.code == 78, "\(ended.errors)")
            #expect(ended.errors.contains("hint: margin migrate"), "\(ended.errors)")
        }
        try installation.connect().script("drop database \(empty)")
        try await installation.close()
    }

    @Test func `a file in the place of the reports folder is exit 73, and the night completes once it is gone`()
        async throws
    {
        let installation = try await Installation()
        try "not a folder".write(toFile: installation.reports, atomically: true, encoding: .utf8)
        let night = try installation.run("margin", "run", "--business-date", "2018-12-31")
        #expect(night.code == 73, "\(night.errors)")
        #expect(
            night.errors.contains("the reports folder \(installation.reports) cannot be made: a file has this name"),
            "\(night.errors)")
        #expect(try String(contentsOfFile: installation.reports, encoding: .utf8) == "not a folder")
        #expect(try installation.number("select count(*) from margin.run where status = 'published'") == 0)
        try FileManager.default.removeItem(atPath: installation.reports)
        let again = try installation.run("margin", "run", "--business-date", "2018-12-31")
        #expect(again.code == 0, "\(again.errors)")
        #expect(again.output.contains("2018-12-31 EOD run 1 is published"))
        try await installation.close()
    }

    static let wrongLines = [
        ["run"], ["run", "--business-date"], ["run", "--business-date", "31/12/2018"],
        ["run", "--business-date", "2018-02-30"], ["run", "--business-date", "2018-12-31", "--cycle", "NOON"],
        ["run", "--business-date", "2018-12-31", "--threads", "0"],
        ["run", "--business-date", "2018-12-31", "--force"],
        ["load"], ["load", "position", "book.csv", "--correct"],
        ["load", "position", "book.csv", "--reason", "typing"],
        ["case"], ["rum"],
    ]

    @Test func `a wrong command line is exit 64 and says how it is written`() async throws {
        let installation = try await Installation()
        for arguments in Self.wrongLines {
            let ended = try installation.start("margin", arguments).wait()
            #expect(ended.code == 64, "\(arguments): \(ended.errors)")
            #expect(ended.errors.contains("Usage: margin"), "\(arguments): \(ended.errors)")
        }
        let stage = try installation.run("margin-offsets", "--business-date", "today")
        #expect(stage.code == 64)
        let table = try installation.run("margin", "load", "prices", "prices.csv")
        #expect(table.code == 66, "\(table.errors)")
        let file = try installation.write("prices.csv", "series,price", "CL-2019-02,45.41")
        let unknown = try installation.run("margin", "load", "prices", file)
        #expect(unknown.code == 64)
        #expect(unknown.errors.contains("settlement_price"), "\(unknown.errors)")
        #expect(try installation.number("select count(*) from margin.run") == 0)
        try await installation.close()
    }

    @Test func `no approved parameter set is exit 66 and names the sets there are`() async throws {
        let installation = try await Installation.editing {
            try $0.replace("parameter_set", "a.quant,r.officer,", with: "a.quant,,")
        }
        let night = try installation.run("margin", "run", "--business-date", "2018-12-31")
        #expect(night.code == 66)
        #expect(
            night.errors.contains(
                "no approved parameter set is in force on 2018-12-31: "
                    + "P2018 is effective from 2018-12-01 and not approved"
            ),
            "\(night.errors)")
        try await installation.close()
    }

    @Test func `every case of bad input in the fixtures ends as it says`() async throws {
        let installation = try await Installation()
        let fixtures = Checkout.fixtures + ""
        let cases = try FileManager.default.contentsOfDirectory(atPath: fixtures).filter { $0.hasPrefix("bad-") }
            .sorted()
        #expect(cases.count > 20)
        let ended = try installation.start("margin", ["case"] + cases.map { "\(fixtures)/\($0)" }).wait()
        #expect(ended.code == 0, "\(ended.output)\(ended.errors)")
        #expect(ended.output.contains("\(cases.count) agree, 0 differ, 0 refused"), "\(ended.output)")
        try await installation.close()
    }
}
