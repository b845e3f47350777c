import Postgres
import Quantities

/// How far the runs of one cycle have come, by business date.
package struct NewestNights: Sendable {
    /// The newest date with a run that was not given up.
    package let withRun: BusinessDate?
    /// The newest date with a run that is complete or published.
    package let computed: BusinessDate?
    /// The newest date with a published run.
    package let published: BusinessDate?

    /// The newest date with any run, one that was given up too.
    package let begun: BusinessDate?

    /// Those of every cycle that has a run, by the cycle's name.
    package static func byCycle(from connection: Connection) throws -> [String: NewestNights] {
        var nights: [String: NewestNights] = [:]
        for row in try connection.rows(.newestNights) {
            nights[try row.text(0)] = NewestNights(
                withRun: try date(row, 1), computed: try date(row, 2), published: try date(row, 3),
                begun: try date(row, 4))
        }
        return nights
    }

    private static func date(_ row: Row, _ column: Int) throws -> BusinessDate? {
        try row.dateOrNull(column).map { BusinessDate(dayNumber: $0) }
    }
}
