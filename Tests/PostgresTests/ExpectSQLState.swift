import Postgres
import Testing

/// Expects `body` to throw a `PostgresError` with this SQLSTATE, and returns it.
@discardableResult
func expect<T>(
    throws state: SQLState, sourceLocation: SourceLocation = #_sourceLocation, _ body: () throws -> T
) -> PostgresError? {
    do {
        _ = try body()
        Issue.record("nothing was thrown", sourceLocation: sourceLocation)
    } catch let error as PostgresError {
        #expect(error.sqlState == state, sourceLocation: sourceLocation)
        return error
    } catch {
        Issue.record(error, sourceLocation: sourceLocation)
    }
    return nil
}
