import Foundation
import ClearingHouseGenerator
import TestSupport
import Testing

/// A generated house: its files, and their rows by column name. Each size that tests share is written once.
struct GeneratedFolder {
    /// The files' bytes by table; the folder itself is gone again.
    private let files: [String: Data]

    static let demo = Result { try GeneratedFolder(size: .demo, seed: 20_181_231) }
    static let many = Result {
        try GeneratedFolder(
            size: ClearingHouseSize(
                members: 20, accounts: 1_000, series: 20_000, positions: 10_000, combinedCommodities: 50),
            seed: 7)
    }

    init(size: ClearingHouseSize, seed: UInt64) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "house-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        try generateClearingHouse(size: size, seed: seed, historyFile: Checkout.history, into: folder.path())
        var files: [String: Data] = [:]
        for name in try FileManager.default.contentsOfDirectory(atPath: folder.path()) {
            files[String(name.dropLast(4))] = try Data(contentsOf: folder.appending(path: name))
        }
        self.files = files
    }

    var tables: [String] { files.keys.sorted() }

    func bytes(_ table: String) throws -> Data { try #require(files[table]) }

    /// The rows of a table, each a dictionary by column; NULL and the empty text are both empty here.
    func rows(_ table: String) throws -> [[String: String]] {
        CSVRows.rows(String(decoding: try bytes(table), as: UTF8.self))
    }

    /// A table's rows by one column that is unique in it.
    func rows(_ table: String, by column: String) throws -> [String: [String: String]] {
        Dictionary(try rows(table).map { ($0[column, default: ""], $0) }, uniquingKeysWith: { first, _ in first })
    }
}

/// A row's cell as a whole number, 0 where it is none.
func whole(_ row: [String: String], _ column: String) -> Int { Int(row[column, default: ""]) ?? 0 }
