import ClearingModel
import Postgres
import Quantities

/// Why a complete run is not published: the house wants another person for it than who computed it.
package struct AnotherPersonPublishes: Error, CustomStringConvertible {
    /// In words of the schema, which says who may.
    package let description: String
}

extension RunLedger {
    /// The rows of an execution that has succeeded; nil of one that has not. For one whose connection was lost: between
    /// the commit and its reply nobody but the ledger knows what became of it.
    package func rows(ofSucceeded execution: Int64) throws -> Int64? {
        let outcome = try connection.one(.executionOutcome, [.int64(execution)])
        guard try outcome.text("status") == "succeeded" else { return nil }
        return try outcome.int64OrNull("row_count") ?? 0
    }

    /// Names the runs that hold the results of a stage that a run computes: itself, and the sources of its base where
    /// it compares itself with one.
    package func nameSources(of stage: Stage, run: Int64, base: Int64?) throws {
        try connection.execute(
            .insertResultSource, [.int64(run), stage.value, .bool(true), .orNull(base) { .int64($0) }])
    }

    /// Opens a run that computes again what another has pinned, in a transaction that is going to be rolled back;
    /// returns its id.
    package func openReplay(of run: Int64) throws -> Int64 {
        try connection.one(.insertReplay, [.int64(run)]).int64("run_id")
    }

    /// Whether the house wants another person to publish than who computed.
    package func wantsAnotherPerson() throws -> Bool {
        try connection.one(.secondPersonPublishes).bool("is_required")
    }

    /// Whether it wants another one than the session's for the run of a number.
    package func wantsAnotherPerson(
        toPublish number: Int32, _ date: BusinessDate, cycle: Cycle
    ) throws -> Bool {
        try connection.one(.publishedByAnother, [date.value, cycle.value, .int32(number)]).bool("is_wanted")
    }
}
