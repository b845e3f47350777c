import ClearingModel
import Postgres
import Quantities

/// What rows of an input table move that differ between two runs of a date.
package struct InputMove: Hashable, Sendable {
    /// What is moved, and what its code means.
    package enum Kind: String, Sendable {
        /// Everything; the code is empty.
        case all
        case combinedCommodity = "combined_commodity"
        /// What has this code, and all that is valued by it: a series, an underlying.
        case value
        case account
        /// A member's accounts.
        case member
        /// The accounts of a class.
        case accountClass = "account_class"
        /// The accounts that posted the asset.
        case asset
        /// What is converted: the code is `USD EUR`, from one currency and into another.
        case conversion
    }

    package let table: String
    package let kind: Kind
    package let code: String

    package init(table: String, kind: Kind, code: String) {
        self.table = table
        self.kind = kind
        self.code = code
    }
}

/// The inputs of a run: its last load and its parameter set.
package struct InputPin: Hashable, Sendable {
    package let load: Int64
    package let parameterSet: ParameterSetCode

    package init(load: Int64, parameterSet: ParameterSetCode) {
        self.load = load
        self.parameterSet = parameterSet
    }
}

extension RunLedger {
    /// What the rows of some tables move that differ between two pins, and with another parameter set those of all its
    /// tables, in the order table, kind, code; rows that are equal under another version move nothing.
    package func moves(
        of tables: [String], from before: InputPin, to after: InputPin, _ date: BusinessDate
    ) throws -> [InputMove] {
        guard !tables.isEmpty || before.parameterSet != after.parameterSet else { return [] }
        return try connection.rows(
            .movedByInputs,
            [
                .textArray(tables), .int64(before.load), .text(before.parameterSet.text), .int64(after.load),
                .text(after.parameterSet.text), date.value,
            ]
        ).map { row in
            guard let kind = InputMove.Kind(rawValue: try row.text("kind")) else {
                preconditionFailure("moved-by-inputs.sql has no other kinds")
            }
            return InputMove(table: try row.text("table_name"), kind: kind, code: try row.text("code"))
        }
    }
}
