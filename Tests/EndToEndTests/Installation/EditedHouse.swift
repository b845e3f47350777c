import Foundation
import Postgres
import TestSupport

/// A copy of the two-day house with some of its lines changed, as a folder to load from.
struct EditedHouse {
    let folder: String

    init() throws {
        folder = FileManager.default.temporaryDirectory.path + "/house-\(UUID().uuidString)"
        try FileManager.default.copyItem(atPath: Checkout.fixtures + "/two-day-night/input", toPath: folder)
    }

    func file(_ table: String) -> String { "\(folder)/\(table).csv" }

    func text(_ table: String) throws -> String { try String(contentsOfFile: file(table), encoding: .utf8) }

    func write(_ table: String, _ text: String) throws {
        try text.write(toFile: file(table), atomically: true, encoding: .utf8)
    }

    /// Replaces a text that stands in the table once.
    func replace(_ table: String, _ old: String, with new: String) throws {
        let text = try text(table)
        guard text.components(separatedBy: old).count == 2 else { throw NotOnce(table: table, text: old) }
        try write(table, text.replacing(old, with: new))
    }

    func append(_ table: String, _ lines: String...) throws {
        try write(table, text(table) + lines.map { $0 + "\n" }.joined())
    }

    func removeTable(_ table: String) throws { try FileManager.default.removeItem(atPath: file(table)) }

    func close() throws { try FileManager.default.removeItem(atPath: folder) }

    struct NotOnce: Error {
        let table: String
        let text: String
    }
}

extension Installation {
    /// A installation with an edited house.
    static func editing(_ edit: (EditedHouse) throws -> Void) async throws -> Installation {
        let house = try EditedHouse()
        defer { try? house.close() }
        try edit(house)
        return try await Installation(house: house.folder)
    }

    /// Writes lines to a file of the installation's folder and returns its path.
    func write(_ name: String, _ lines: String...) throws -> String {
        let path = "\(folder)/\(name)"
        try lines.map { $0 + "\n" }.joined().write(toFile: path, atomically: true, encoding: .utf8)
        return path
    }

    /// One number a query of this installation's database gives.
    func number(_ sql: String) throws -> Int64 { try connect().one(sql).int64(.at(0)) }
}
