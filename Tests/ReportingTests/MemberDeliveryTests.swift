import ClearingModel
import Digests
import Foundation
import Quantities
import Reporting
import TestSupport
import Testing
import TextFiles

@Suite struct `What a member is given` {
    private let scratch: ScratchFolder
    private let base = "2018-12-31/EOD"

    init() throws { scratch = try ScratchFolder() }

    @Test func `is its own files and those for all members, whichever run has issued them`() throws {
        let first = try build(run: 1, ["ALPHA": 100, "BETA": 200], arrays: 7)
        let second = try build(run: 2, ["ALPHA": 100, "BETA": 201], arrays: 7, earlier: first.files)
        #expect(second.deliveries.map(\.member) == ["ALPHA", "BETA"])
        #expect(
            scratch.names("\(base)/r2/members/ALPHA") == [
                "calls.2018-12-31.ALPHA.EOD.r1.csv", "calls.2018-12-31.ALPHA.EOD.r1.json", "manifest.json",
                "risk-arrays.2018-12-31.EOD.r1.csv", "risk-arrays.2018-12-31.EOD.r1.json",
            ])
        #expect(
            scratch.names("\(base)/r2/members/BETA") == [
                "calls.2018-12-31.BETA.EOD.r2.csv", "calls.2018-12-31.BETA.EOD.r2.json", "manifest.json",
                "risk-arrays.2018-12-31.EOD.r1.csv", "risk-arrays.2018-12-31.EOD.r1.json",
            ])
        for delivery in second.deliveries {
            let folder = "\(base)/r2/members/\(delivery.member)"
            let bytes = try scratch.read("\(folder)/manifest.json")
            #expect(try SHA256Digest(of: bytes) == delivery.sha256 && delivery.fileCount == 4)
            let manifest = try jsonObject(Data(bytes))
            #expect(manifest["member"] as? String == delivery.member && manifest["members"] == nil)
            let files = try #require(manifest["files"] as? [[String: Any]])
            #expect(files.count == 4)
            for file in files {
                let content = try scratch.read("\(folder)/\(try #require(file["name"] as? String))")
                #expect(try SHA256Digest(of: content).description == file["sha256"] as? String)
            }
            // The sum over its own rows, and nobody else's.
            let totals = try #require(manifest["control_totals"] as? [[String: Any]])
            #expect(totals.compactMap { $0["total"] as? String } == [delivery.member == "ALPHA" ? "1.00" : "2.01"])
            let other = delivery.member == "ALPHA" ? "BETA" : "ALPHA"
            #expect(!String(decoding: bytes, as: UTF8.self).contains(other))
        }
        let run = try jsonObject(Data(scratch.read("\(base)/r2/manifest.json")))
        let listed = try #require(run["members"] as? [[String: Any]])
        #expect(listed.map { $0["sha256"] as? String } == second.deliveries.map(\.sha256.description))
        #expect(
            listed.map { $0["manifest"] as? String } == ["members/ALPHA/manifest.json", "members/BETA/manifest.json"])
    }

    @Test func `takes no room: its files are the run's`() throws {
        _ = try build(run: 1, ["ALPHA": 100], arrays: 7)
        for name in ["calls.2018-12-31.ALPHA.EOD.r1.csv", "risk-arrays.2018-12-31.EOD.r1.json"] {
            #expect(try node("\(base)/r1/\(name)") == node("\(base)/r1/members/ALPHA/\(name)"))
        }
    }

    @Test func `names the overrides that touch the member`() throws {
        _ = try build(
            run: 1, ["ALPHA": 1, "BETA": 2], arrays: 7,
            overrides: [RunHeader.Override(number: 41, members: ["ALPHA"])])
        for (member, overrides) in ["ALPHA": [41], "BETA": []] {
            let manifest = try jsonObject(Data(scratch.read("\(base)/r1/members/\(member)/manifest.json")))
            #expect(manifest["overrides"] as? [Int] == overrides, "\(member)")
        }
    }

    @Test func `goes with its run's folder where that is built anew, and what is not of a member stays`() throws {
        _ = try build(run: 1, ["ALPHA": 100, "BETA": 200], arrays: 7)
        _ = try build(run: 1, ["ALPHA": 100], arrays: 7, replacing: true)
        #expect(scratch.names("\(base)/r1/members") == ["ALPHA"])
        try FileManager.default.createDirectory(
            atPath: scratch.path(of: "\(base)/r1/members/ALPHA/notes"), withIntermediateDirectories: true)
        try Data("kept".utf8).write(to: URL(fileURLWithPath: scratch.path(of: "\(base)/r1/members/ALPHA/notes/kept")))
        let error = #expect(throws: FileError.self) {
            _ = try build(run: 1, ["ALPHA": 100], arrays: 7, replacing: true)
        }
        #expect(error?.category == .cannotCreate)
        #expect(try scratch.read("\(base)/r1/members/ALPHA/notes/kept") == Array("kept".utf8))
    }

    private func node(_ name: String) throws -> Int {
        let attributes = try FileManager.default.attributesOfItem(atPath: scratch.path(of: name))
        return try #require(attributes[.systemFileNumber] as? Int)
    }

    private func build(
        run number: Int32, _ calls: [String: Int128], arrays: Int64, earlier: [ReportFileEntry] = [],
        overrides: [RunHeader.Override] = [], replacing: Bool = false
    ) throws -> ReportFolder.Sealed {
        let header = RunHeader(
            run: RunIdentity(businessDate: sampleHeader.run.businessDate, cycle: .endOfDay, runNumber: number),
            parameterSet: "base-1", roundingTable: "methodology-1.4", numbersVersions: [:], overrides: overrides)
        var folder = try ReportFolder(
            root: scratch.path, header: header, earlier: earlier, replacingUnrecorded: replacing)
        var members = MemberReports(callsLayout)
        var row = ReportRow(callsLayout)
        for (member, cents) in calls.sorted(by: { $0.key < $1.key }) {
            row.removeAll()
            try row.append(text: member)
            try row.append(text: "USD")
            row.append(unscaled: cents, scale: 2)
            try members.write(row, to: &folder)
        }
        try members.finish(&folder)
        for layout in [arraysLayout, summaryLayout] {
            var files = try folder.start(layout)
            var row = ReportRow(layout)
            try row.append(text: "ALPHA and BETA")
            row.append(integer: arrays)
            try files.write(row)
            try folder.add(files)
        }
        return try folder.seal()
    }
}

private let callsLayout = ReportLayout(
    "calls", for: .member,
    columns: [.init("member", .text), .init("currency", .text), .init("amount", .decimal, isTotalled: true)],
    totalledBy: "currency")

/// For all members, by its name.
private let arraysLayout = ReportLayout(
    "risk-arrays", for: .run, columns: [.init("series", .text), .init("value", .integer)])

/// For the house alone.
private let summaryLayout = ReportLayout(
    "house-summary", for: .run, columns: [.init("member", .text), .init("calls", .integer)])
