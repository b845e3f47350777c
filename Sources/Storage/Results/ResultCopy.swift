import Postgres

extension Connection {
    /// Sends the rows of a run into one table of results, in binary; `columns` names the columns in the order of the
    /// fields.
    ///
    /// They go straight into the block of the run where the session has a right to it, which saves the server to look
    /// for the block of each row and to keep every row until the statement's end: the block asks by its key whether the
    /// runs of its rows are there. Elsewhere they go through the table.
    /// - Returns: the number of rows the server took.
    func copyResults(
        _ table: String, of run: Int64, _ columns: String, _ body: (inout BinaryCopyWriter) throws -> Void
    ) throws -> Int {
        let target = try one(.blockToWrite, [.text(table), .int64(run)]).text("target")
        return try copyIn("copy \(target) (\(columns)) from stdin (format binary)", body)
    }
}
