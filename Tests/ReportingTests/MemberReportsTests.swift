import ClearingModel
import Digests
import Foundation
import Quantities
import Reporting
import TestSupport
import Testing

@Suite struct `Reports of members` {
    private let scratch: ScratchFolder

    init() throws { scratch = try ScratchFolder() }

    @Test func `are cut where the member changes, and totalled per member and currency`() throws {
        let sealed = try build(run: 1, [("ALPHA", 100), ("ALPHA", 250), ("BETA", -50)])
        #expect(
            sealed.files.map(\.name) == [
                "calls.2018-12-31.ALPHA.EOD.r1.csv", "calls.2018-12-31.ALPHA.EOD.r1.json",
                "calls.2018-12-31.BETA.EOD.r1.csv", "calls.2018-12-31.BETA.EOD.r1.json",
            ])
        let usd = try #require(CurrencyCode("USD"))
        #expect(sealed.totals.map(\.amount) == [ExactDecimal("3.50"), ExactDecimal("-0.50")])
        #expect(sealed.totals.map(\.member) == ["ALPHA", "BETA"] && sealed.totals.allSatisfy { $0.currency == usd })
        let alpha = try scratch.read("2018-12-31/EOD/r1/\(sealed.files[0].name)")
        let lines = ["member,currency,amount,run_number", "ALPHA,USD,1.00,1", "ALPHA,USD,2.50,1", ""]
        #expect(alpha == Array(lines.joined(separator: "\r\n").utf8))
        let manifest = try jsonObject(Data(scratch.read("2018-12-31/EOD/r1/manifest.json")))
        let totals = try #require(manifest["control_totals"] as? [[String: Any]])
        #expect(totals.map { $0["total"] as? String } == ["3.00"] && totals.map { $0["rows"] as? Int } == [3])
    }

    @Test func `that an earlier run issued with equal content are listed, not written again`() throws {
        let first = try build(run: 1, [("ALPHA", 100), ("BETA", 200)])
        let second = try build(run: 2, [("ALPHA", 100), ("BETA", 201)], earlier: first.files)
        #expect(second.files.map(\.runNumber) == [1, 1, 2, 2])
        #expect(second.files.prefix(2) == first.files.prefix(2))
        #expect(
            scratch.names("2018-12-31/EOD/r2") == [
                "calls.2018-12-31.BETA.EOD.r2.csv", "calls.2018-12-31.BETA.EOD.r2.json", "manifest.json", "members",
            ])
        let third = try build(run: 3, [("ALPHA", 100), ("BETA", 201)], earlier: second.files)
        #expect(third.files == second.files)
    }

    @Test func `that were touched, cut short or removed are found by their digests`() throws {
        let first = try build(run: 1, [("ALPHA", 100), ("BETA", 200)])
        let second = try build(run: 2, [("ALPHA", 100), ("BETA", 201)], earlier: first.files)
        let run = RunIdentity(businessDate: sampleHeader.run.businessDate, cycle: .endOfDay, runNumber: 2)
        #expect(try ReportFolder.verify(second.files, of: run, root: scratch.path).isEmpty)
        let paths = second.files.map { scratch.path(of: "2018-12-31/EOD/r\($0.runNumber)/\($0.name)") }
        var bytes = try Data(contentsOf: URL(fileURLWithPath: paths[0]))
        bytes[bytes.count / 2] ^= 1
        try bytes.write(to: URL(fileURLWithPath: paths[0]))
        try bytes.dropLast().write(to: URL(fileURLWithPath: paths[1]))
        try FileManager.default.removeItem(atPath: paths[2])
        try FileManager.default.moveItem(atPath: paths[3], toPath: paths[2] + ".kept")
        try FileManager.default.createSymbolicLink(atPath: paths[3], withDestinationPath: paths[2] + ".kept")
        let faults = try ReportFolder.verify(second.files, of: run, root: scratch.path).map(\.fault)
        #expect(
            faults == [
                .digest(found: try SHA256Digest(of: Array(bytes))), .size(found: Int64(bytes.count - 1)),
                .missing, .missing,
            ])
    }

    @Test(arguments: [["BETA", "ALPHA"], ["ALPHA", "BETA", "ALPHA"]])
    func `out of order are refused`(_ members: [String]) throws {
        #expect(throws: ReportError.membersAreOutOfOrder(report: "calls", member: "ALPHA")) {
            _ = try build(run: 1, members.map { ($0, 1) })
        }
    }

    @Test(arguments: ["", "..", "a/b", "-A", "A.B", "Ä", String(repeating: "A", count: 25), "A\n"])
    func `whose code is no file name are refused`(_ member: String) throws {
        #expect(throws: ReportError.memberIsNoFileName(member)) { _ = try build(run: 1, [(member, 1)]) }
    }

    @Test func `with a total beyond 128 bits are refused`() throws {
        #expect(throws: ReportError.totalIsTooLarge(report: "calls", column: "amount")) {
            _ = try build(run: 1, [("ALPHA", .max), ("ALPHA", 1)])
        }
    }

    @Test func `name the overrides that touch the member, and no others`() throws {
        let sealed = try build(
            run: 1, [("ALPHA", 1), ("BETA", 2), ("GAMMA", 3)],
            overrides: [
                RunHeader.Override(number: 41, members: ["ALPHA"]),
                RunHeader.Override(number: 42, members: ["ALPHA", "BETA"]),
            ])
        var named: [String: [Int]] = [:]
        for file in sealed.files where file.format == .json {
            let path = scratch.path + "/2018-12-31/EOD/r1/" + file.name
            let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
            let document = try jsonObject(bytes)
            let header = try #require(document["header"] as? [String: Any])
            named[file.member ?? ""] = header["overrides"] as? [Int]
        }
        #expect(named == ["ALPHA": [41, 42], "BETA": [42], "GAMMA": []])
    }

    private func build(
        run number: Int32, _ rows: [(member: String, cents: Int128)], earlier: [ReportFileEntry] = [],
        overrides: [RunHeader.Override] = []
    ) throws -> (files: [ReportFileEntry], totals: [ControlTotal]) {
        let header = RunHeader(
            run: RunIdentity(businessDate: sampleHeader.run.businessDate, cycle: .endOfDay, runNumber: number),
            parameterSet: "base-1", roundingTable: "methodology-1.4", numbersVersions: [:], overrides: overrides)
        var folder = try ReportFolder(root: scratch.path, header: header, earlier: earlier)
        var reports = MemberReports(callsLayout)
        var row = ReportRow(callsLayout)
        for (member, cents) in rows {
            row.removeAll()
            try row.append(text: member)
            try row.append(text: "USD")
            row.append(unscaled: cents, scale: 2)
            row.append(integer: Int64(number))
            try reports.write(row, to: &folder)
        }
        try reports.finish(&folder)
        let totals = folder.controlTotals
        return (try folder.seal().files, totals)
    }
}

private let callsLayout = ReportLayout(
    "calls", for: .member,
    columns: [
        .init("member", .text), .init("currency", .text), .init("amount", .decimal, isTotalled: true),
        .init("run_number", .integer, isRunIdentity: true),
    ],
    totalledBy: "currency")
