import Operations
import Runtime
import Foundation
import TestSupport
import Testing

@Suite struct InputFolderTests {
    private let scratch: ScratchFolder
    private let tables = ["account", "position", "settlement_price"]

    init() throws { scratch = try ScratchFolder() }

    /// Why a folder with these files and folders (those that end in a slash) is refused.
    private func refusal(_ names: String...) throws -> Failure? {
        for name in names {
            if name.hasSuffix("/") {
                try FileManager.default.createDirectory(
                    atPath: scratch.path(of: name), withIntermediateDirectories: false)
            } else {
                try scratch.write(name, "")
            }
        }
        do throws(Failure) {
            _ = try InputFolder(scratch.path, tables: tables)
            return nil
        } catch { return error }
    }

    @Test func `files named after tables are taken, notes of known names passed over`() throws {
        for name in ["position.csv", "account.csv", "README.md", "readme", ".hidden", "business-date"] {
            try scratch.write(name, "")
        }
        let folder = try InputFolder(scratch.path, tables: tables)
        #expect(folder.files == ["account.csv", "position.csv"])
        #expect(folder.path == scratch.path)
    }

    @Test func `what would not be loaded is named with the reason, and all of it at once`() throws {
        let failure = try #require(
            try refusal(
                "account.csv", "position.CSV", "settlement_price 2.csv", "prices.csv", "notes.txt", "older/",
                "position-2018.txt"))
        #expect(failure.exitCode == .inputRejected)
        #expect(
            failure.message.hasPrefix("the folder \(scratch.path) holds what would not be loaded; nothing was loaded\n")
        )
        let lines = failure.message.split(separator: "\n").dropFirst().map(String.init)
        #expect(
            lines == [
                "  notes.txt: is no file of a table", "  older: is a folder",
                "  position-2018.txt: the file of position is named position.csv",
                "  position.CSV: the file of position is named position.csv", "  prices.csv: there is no such table",
                "  settlement_price 2.csv: the file of settlement_price is named settlement_price.csv",
            ])
    }

    @Test func `a folder without any file is missing input, and the one inside is pointed at`() throws {
        let empty = try #require(try refusal())
        #expect(empty.exitCode == .inputMissing && empty.hint == nil)
        let outer = try #require(try refusal("input/", "README.md"))
        #expect(outer.exitCode == .inputMissing && outer.hint == "margin load \(scratch.path)/input")
    }

    @Test func `a folder that is not there is missing input`() {
        #expect(throws: Failure.self) { try InputFolder(scratch.path(of: "none"), tables: tables) }
    }
}

@Suite struct FolderProgressTests {
    private func said(
        looked: Int, refused: Int = 0, isWhole: Bool = false, _ code: ExitCode = .inputRejected,
        files: [String] = ["a.csv", "b.csv", "c.csv"]
    ) -> [String] {
        var progress = FolderProgress(folder: "in", files: files)
        (progress.looked, progress.refused, progress.isWhole) = (looked, refused, isWhole)
        let failure = progress.failure(Failure(code, "why", hint: "next"))
        #expect(failure.exitCode == code && failure.message.hasPrefix("why\n"))
        return [String(failure.message.dropFirst(4)), failure.hint ?? ""]
    }

    @Test func `says what was looked at, what was refused and that nothing is loaded`() {
        #expect(said(looked: 3, refused: 3) == ["  of the 3 files of in none is loaded: 3 files refused", "next"])
        #expect(
            said(looked: 2, refused: 1) == [
                "  of the 3 files of in none is loaded: 1 file refused, 1 without a fault of its own, "
                    + "1 not looked at: c.csv", "next",
            ])
        // The one at which it stopped is neither.
        #expect(
            said(looked: 1, .tryAgain) == [
                "  of the 3 files of in none is loaded: 2 not looked at: b.csv, c.csv", "next",
            ])
        #expect(
            said(looked: 3, isWhole: true) == [
                "  of the 3 files of in none is loaded: 3 without a fault of their own", "next",
            ])
        let many = (1...8).map { "\($0).csv" }
        #expect(
            said(looked: 1, refused: 1, files: many)[0].hasSuffix(
                "7 not looked at: 2.csv, 3.csv, 4.csv, 5.csv, 6.csv, …"))
    }

    @Test func `a connection lost at the commit leaves it open whether all is loaded`() {
        #expect(
            said(looked: 3, isWhole: true, .databaseUnavailable) == [
                "  whether in was loaded is not known", "load it again: it is refused as already loaded if it was",
            ])
    }
}
