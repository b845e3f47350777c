import ClearingModel
import Foundation
import Runtime
import Quantities
import Storage

/// Writes a parameter set as a folder of CSV files, one a table, as `margin load` takes it.
package struct ParameterSetExport {
    private let database: Database

    package init(_ database: Database) { self.database = database }

    /// Writes the set's own rows into a new folder, under another code and without approver where `code` names one, and
    /// from another date where `date` does.
    ///
    /// The folder is written aside and gets its name when it is whole. Returns its tables with their rows.
    /// - Throws: `Failure` 66 for a set there is not, 73 where the folder stands already or cannot be made, 74 where it
    ///   cannot be written.
    package func write(
        _ set: ParameterSetCode, as code: ParameterSetCode?, effectiveFrom date: BusinessDate?, to folder: String
    ) throws -> [(name: String, rows: Int64)] {
        let governance = ParameterGovernance(database)
        guard try governance.sets().contains(where: { $0.parameterSet == set.text }) else {
            throw Failure(.inputMissing, "there is no parameter set \(set)", hint: "margin parameters list")
        }
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
        do {
            let tables = try database.atomically {
                try governance.tables(of: set, as: code, effectiveFrom: date).map { table, statement in
                    var bytes: [UInt8] = []
                    let rows = try governance.export(statement) { bytes += $0 }
                    do {
                        try Data(bytes).write(to: aside.appending(path: "\(table).csv"))
                    } catch { throw Self.cannotWrite(folder, error) }
                    return (name: table, rows: rows)
                }
            }
            do { try files.moveItem(at: aside, to: target) } catch { throw Self.cannotWrite(folder, error) }
            return tables
        } catch {
            try? files.removeItem(at: aside)
            throw error
        }
    }

    private static func cannotWrite(_ folder: String, _ error: any Error) -> Failure {
        Failure(.cannotWriteReport, "\(folder) cannot be written: \(error.localizedDescription)")
    }
}
