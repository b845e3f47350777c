import ClearingModel
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
        return try NewTableFolder.make(folder) { made in
            try database.atomically {
                try governance.tables(of: set, as: code, effectiveFrom: date).map { table, statement in
                    var bytes: [UInt8] = []
                    let rows = try governance.export(statement) { bytes += $0 }
                    try made.write(bytes, table)
                    return (name: table, rows: rows)
                }
            }
        }
    }
}
