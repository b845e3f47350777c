import ClearingModel
import Digests
import Foundation
import Quantities
import Reporting
import TestSupport
import Testing
import TextFiles

@Suite struct `The report folder` {
    private let scratch: ScratchFolder
    private let base = "2018-12-31/EOD"

    init() throws { scratch = try ScratchFolder() }

    @Test func `shows nothing under its name until it is sealed, then files that match the manifest`() throws {
        var folder = try ReportFolder(root: scratch.path, header: sampleHeader)
        try addPair(to: &folder, ["a", "b"])
        #expect(scratch.names(base) == [".building-r1"])
        let sealed = try folder.seal()
        #expect(scratch.names(base) == ["r1"])
        #expect(
            scratch.names("\(base)/r1")
                == ["manifest.json", "pair.2018-12-31.EOD.r1.csv", "pair.2018-12-31.EOD.r1.json"])
        for entry in sealed.files {
            let bytes = try scratch.read("\(base)/r1/\(entry.name)")
            #expect(try SHA256Digest(of: bytes) == entry.sha256)
            #expect(entry.byteCount == Int64(bytes.count) && entry.rowCount == 2 && entry.runNumber == 1)
        }
        let manifest = try scratch.read("\(base)/r1/manifest.json")
        #expect(try SHA256Digest(of: manifest) == sealed.manifest)
        let parsed = try jsonObject(Data(manifest))
        let files = try #require(parsed["files"] as? [[String: Any]])
        #expect(files.map { $0["sha256"] as? String } == sealed.files.map(\.sha256.description))
        let attributes = try FileManager.default.attributesOfItem(
            atPath: scratch.path(of: "\(base)/r1/manifest.json"))
        #expect((attributes[.posixPermissions] as? Int).map { $0 & 0o027 } == 0)
    }

    @Test func `has the same bytes whatever the time and index`() throws {
        let other = try ScratchFolder()
        var digests: [SHA256Digest] = []
        for root in [scratch.path, other.path] {
            var folder = try ReportFolder(root: root, header: sampleHeader)
            try addPair(to: &folder, ["a", "b"])
            digests.append(try folder.seal().manifest)
        }
        #expect(digests[0] == digests[1])
    }

    @Test func `of a killed run is removed by the next start, of any run`() throws {
        for name in [".building-r1", ".building-r9"] {
            try make(folder: "\(base)/\(name)/empty")
            try Data("half".utf8).write(to: url("\(base)/\(name)/half.csv"))
            try FileManager.default.createSymbolicLink(
                atPath: scratch.path(of: "\(base)/\(name)/link"), withDestinationPath: scratch.path)
        }
        try Data("kept".utf8).write(to: url("kept"))
        var folder = try ReportFolder(root: scratch.path, header: sampleHeader)
        try addPair(to: &folder, ["a"])
        _ = try folder.seal()
        #expect(scratch.names(base) == ["r1"])
        #expect(try scratch.read("kept") == Array("kept".utf8))
    }

    @Test(arguments: ["2018-12-31", "2018-12-31/EOD", "2018-12-31/EOD/.building-r1", "2018-12-31/EOD/r1"])
    func `refuses a link or pipe planted in its path and leaves it alone`(_ index: String) throws {
        let parent = (index as NSString).deletingLastPathComponent
        if !parent.isEmpty { try make(folder: parent) }
        let trap = try ScratchFolder()
        for isLink in [true, false] {
            if isLink {
                try FileManager.default.createSymbolicLink(
                    atPath: scratch.path(of: index), withDestinationPath: trap.path)
            } else {
                #expect(unsafe mkfifo(scratch.path(of: index), 0o600) == 0)
            }
            let found: FileKind = isLink ? .symbolicLink : .pipe
            #expect(throws: FileError.planted(path: scratch.path(of: index), found: found)) {
                _ = try ReportFolder(root: scratch.path, header: sampleHeader, replacingUnrecorded: true).controlTotals
            }
            #expect(trap.names("").isEmpty)
            try FileManager.default.removeItem(atPath: scratch.path(of: index))
        }
    }

    @Test func `refuses a link planted at a file's name while it is built`() throws {
        let folder = try ReportFolder(root: scratch.path, header: sampleHeader)
        let name = "\(base)/.building-r1/pair.2018-12-31.EOD.r1.csv"
        try Data("kept".utf8).write(to: url("kept"))
        try FileManager.default.createSymbolicLink(
            atPath: scratch.path(of: name), withDestinationPath: scratch.path(of: "kept"))
        #expect(throws: FileError.planted(path: scratch.path(of: name), found: .symbolicLink)) {
            try addNothing(to: folder)
        }
        #expect(try scratch.read("kept") == Array("kept".utf8))
    }

    @Test func `of an earlier build is an error unless the database never recorded it`() throws {
        for text in ["a", "b"] {
            var folder = try ReportFolder(root: scratch.path, header: sampleHeader, replacingUnrecorded: true)
            try addPair(to: &folder, [text])
            _ = try folder.seal()
        }
        let csv = try scratch.read("\(base)/r1/pair.2018-12-31.EOD.r1.csv")
        #expect(csv == Array("number,text\r\n0,b\r\n".utf8))
        let error = #expect(throws: FileError.self) {
            _ = try ReportFolder(root: scratch.path, header: sampleHeader).controlTotals
        }
        #expect(error == .folderExists(path: scratch.path(of: "\(base)/r1")) && error?.category == .cannotCreate)
    }

    @Test func `needs its root`() throws {
        let error = #expect(throws: FileError.self) {
            _ = try ReportFolder(root: scratch.path(of: "absent"), header: sampleHeader).controlTotals
        }
        #expect(error?.category == .cannotCreate)
    }

    @Test func `that may not be written to is a matter of permission`() throws {
        // Root may write anywhere: user nobody runs this test for it.
        if geteuid() == 0 { return try runAsNobody("that may not be written to is a matter of permission") }
        try FileManager.default.setAttributes([.posixPermissions: 0o500], ofItemAtPath: scratch.path)
        let error = #expect(throws: FileError.self) {
            _ = try ReportFolder(root: scratch.path, header: sampleHeader).controlTotals
        }
        #expect(error?.category == .permission)
    }

    @Test func `is published by a link that is swapped in one step, again and again`() throws {
        for number: Int32 in [1, 2, 1] {
            let run = RunIdentity(
                businessDate: sampleHeader.run.businessDate, cycle: .endOfDay, runNumber: number)
            try make(folder: "\(base)/r\(number)")
            for _ in 0..<2 { try ReportFolder.publish(run, root: scratch.path) }
            let target = try FileManager.default.destinationOfSymbolicLink(
                atPath: scratch.path(of: "\(base)/current"))
            #expect(target == "r\(number)")
        }
        #expect(scratch.names(base) == ["current", "r1", "r2"])
    }

    @Test func `goes away when it is abandoned`() throws {
        var folder = try ReportFolder(root: scratch.path, header: sampleHeader)
        try addPair(to: &folder, ["a"])
        try folder.abandon()
        #expect(scratch.names(base).isEmpty)
    }

    /// One test of this binary, from a place that the user nobody can reach.
    private func runAsNobody(_ test: String) throws {
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: scratch.path)
        let binary = scratch.path(of: "tests")
        try FileManager.default.copyItem(atPath: "/proc/self/exe", toPath: binary)
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: binary)
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [
            "runuser", "-u", "nobody", "--", binary, "--testing-library", "swift-testing", "--filter", test,
        ]
        process.currentDirectoryURL = URL(fileURLWithPath: "/")
        let output = Pipe()
        process.standardOutput = output
        process.standardError = output
        try process.run()
        let printed = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        #expect(process.terminationStatus == 0, "\(printed)")
        #expect(printed.contains("with 1 test"), "\(printed)")
    }

    private func addPair(to folder: inout ReportFolder, _ texts: [String]) throws {
        var files = try folder.start(pairLayout)
        var row = ReportRow(pairLayout)
        for (number, text) in texts.enumerated() {
            row.removeAll()
            row.append(integer: Int64(number))
            try row.append(text: text)
            try files.write(row)
        }
        try folder.add(files)
    }

    private func addNothing(to folder: borrowing ReportFolder) throws {
        _ = try folder.start(pairLayout)
    }

    private func make(folder: String) throws {
        try FileManager.default.createDirectory(
            atPath: scratch.path(of: folder), withIntermediateDirectories: true)
    }

    private func url(_ name: String) -> URL { URL(fileURLWithPath: scratch.path(of: name)) }
}
