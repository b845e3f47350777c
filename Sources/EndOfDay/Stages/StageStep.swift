import Runtime

/// What one stage does between `begin` and `commit`.
protocol StageStep: Sendable {
    /// Makes the temporary tables that say what is computed; everything, where the execution has no base.
    func openScope(_ execution: StageExecution) throws

    /// Computes and writes. Returns the rows or files written.
    func perform(_ execution: StageExecution, _ settings: RunSettings) async throws -> Int64
}
