import Postgres
import Quantities

/// How far the runs of one cycle have come, by business date.
package struct NewestRuns: Sendable {
    /// The newest date with a run that was not given up.
    package let withRun: BusinessDate?
    /// The newest date with a run that is complete or published.
    package let computed: BusinessDate?
    /// The newest date with a published run.
    package let published: BusinessDate?

    /// The newest date with any run, one that was given up too.
    package let begun: BusinessDate?

    /// Those of every cycle that has a run, by the cycle's name.
    package static func byCycle(from connection: Connection) throws -> [String: NewestRuns] {
        var nights: [String: NewestRuns] = [:]
        for row in try connection.rows(.newestRuns) {
            nights[try row.text("cycle")] = NewestRuns(
                withRun: try date(row, "newest_date"), computed: try date(row, "computed_date"),
                published: try date(row, "published_date"), begun: try date(row, "begun_date"))
        }
        return nights
    }

    private static func date(_ row: Row, _ column: Row.Column) throws -> BusinessDate? {
        try row.dateOrNull(column).map { BusinessDate(dayNumber: $0) }
    }
}
