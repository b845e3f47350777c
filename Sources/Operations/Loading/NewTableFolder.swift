import Foundation
import Runtime
import TextFiles

/// A folder of CSV files, one a table, as `margin load` takes it: written aside, it gets its name when it is whole.
package struct NewTableFolder {
    /// One table: its columns, and rows of as many cells; a cell that is nil is null.
    package struct Table: Sendable {
        package let name: String
        package let columns: [String]
        package let rows: [[String?]]
    }

    /// The folder as it was named.
    private let name: String
    private let aside: URL

    /// Hands the folder to `body`, and removes what it wrote where it throws.
    /// - Throws: `Failure` 73 where the folder stands already or cannot be made, 74 where it cannot be written.
    static func make<T>(_ folder: String, _ body: (NewTableFolder) throws -> T) throws -> T {
        let files = FileManager.default
        let target = URL(fileURLWithPath: folder).standardizedFileURL
        guard !files.fileExists(atPath: target.path) else {
            throw Failure(
                .cannotCreateReport, "\(folder) is there already", hint: "name a folder that is not there yet")
        }
        let aside = target.deletingLastPathComponent().appending(path: ".\(target.lastPathComponent).\(getpid())")
        do {
            try files.createDirectory(at: aside, withIntermediateDirectories: false)
        } catch {
            throw Failure(
                .cannotCreateReport, "\(folder) cannot be made: \(error.localizedDescription)",
                hint: "name a folder whose parent is there and may be written")
        }
        let made = NewTableFolder(name: folder, aside: aside)
        do {
            let result = try body(made)
            do { try files.moveItem(at: aside, to: target) } catch { throw made.cannotWrite(error) }
            return result
        } catch {
            try? files.removeItem(at: aside)
            throw error
        }
    }

    /// Writes whole tables.
    package static func write(_ tables: [Table], to folder: String) throws {
        try make(folder) { made in
            for table in tables { try made.write(table) }
        }
    }

    /// Writes one table as CSV.
    func write(_ table: Table) throws {
        var bytes: [UInt8] = []
        bytes.append(csvLine: table.columns)
        for row in table.rows { bytes.append(csvLine: row) }
        try write(bytes, table.name)
    }

    /// Writes one table's file.
    func write(_ bytes: [UInt8], _ table: String, ending: String = "csv") throws {
        do {
            try Data(bytes).write(to: aside.appending(path: "\(table).\(ending)"))
        } catch { throw cannotWrite(error) }
    }

    private func cannotWrite(_ error: any Error) -> Failure {
        Failure(.cannotWriteReport, "\(name) cannot be written: \(error.localizedDescription)")
    }
}
