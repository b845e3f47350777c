import ClearingModel
import Foundation
import Postgres
import Runtime
import Quantities
import Storage

/// Writes a parameter set as a folder of CSV files, one a table, as `margin load` takes it.
package struct ParameterSetExport {
    private let connection: Connection

    package init(_ connection: Connection) { self.connection = connection }

    /// Writes the set's own rows into a new folder, under another code and without approver where `code` names one, and
    /// from another date where `date` does.
    ///
    /// The folder is written aside and gets its name when it is whole. Returns its tables with their rows.
    /// - Throws: `Failure` 66 for a set there is not, 73 where the folder stands already or cannot be made, 74 where it
    ///   cannot be written.
    package func write(
        _ set: ParameterSetCode, as code: ParameterSetCode?, effectiveFrom date: BusinessDate?, to folder: String
    ) throws -> [(name: String, rows: Int64)] {
        let governance = ParameterGovernance(connection)
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
            let tables = try connection.transaction {
                try governance.tables(of: set, as: code, effectiveFrom: date).map { table, statement in
                    var bytes: [UInt8] = []
                    let rows = try governance.export(statement) { bytes += $0 }
                    try Data(bytes).write(to: aside.appending(path: "\(table).csv"))
                    return (name: table, rows: rows)
                }
            }
            try files.moveItem(at: aside, to: target)
            return tables
        } catch {
            try? files.removeItem(at: aside)
            guard error is PostgresError else {
                throw Failure(.cannotWriteReport, "\(folder) cannot be written: \(error.localizedDescription)")
            }
            throw error
        }
    }
}
