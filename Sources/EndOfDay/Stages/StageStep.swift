import Postgres
import Runtime

/// What one stage does between `begin` and `commit`.
protocol StageStep: Sendable {
    /// Makes the temporary tables that say what is computed; everything, where the scope has no base.
    func openScope(_ scope: StageScope) throws

    /// Computes and writes. Returns the rows or files written.
    func perform(
        _ context: RunContext, _ extent: StageExtent, _ connection: Connection, _ settings: RunSettings
    ) async throws -> Int64
}
