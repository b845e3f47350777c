import Postgres
import Quantities

/// How much is in a database.
package struct DatabaseContents: Sendable {
    package let publishedDates: Int64
    /// Empty where nothing is published, as the last one.
    package let firstPublished: String
    package let lastPublished: String
    package let runs: Int64
    package let loads: Int64
    /// With its unit, as the server spells it.
    package let size: String
}

/// How the database stands: what `margin doctor`, the metrics and `margin db destroy` ask.
package struct HealthQueries {
    private let connection: Connection

    package init(_ connection: Connection) { self.connection = connection }

    /// Settings of the server by name, with its clock in seconds since 1970, the role and the sessions there are.
    package func server() throws -> [String: String] {
        var settings: [String: String] = [:]
        for row in try connection.rows(.doctorServer) { settings[try row.text("name")] = try row.text("setting") }
        return settings
    }

    /// When each stage last succeeded, by cycle and stage, in seconds since 1970.
    package func lastSuccesses() throws -> [(cycle: String, stage: String, at: ExactDecimal)] {
        try connection.rows(.metricsLastSuccess).map { row in
            (try row.text("cycle"), try row.text("stage"), try row.decimal("last_success"))
        }
    }

    /// What goes with the database: published dates, runs, loads, and its size in words.
    package func contents() throws -> DatabaseContents {
        let row = try connection.one(.clusterContents)
        return DatabaseContents(
            publishedDates: try row.int64("published"), firstPublished: try row.textOrNull("first_published") ?? "",
            lastPublished: try row.textOrNull("last_published") ?? "", runs: try row.int64("runs"),
            loads: try row.int64("loads"), size: try row.text("size"))
    }

    /// Tables the role may not read and fill.
    package func forbiddenTables() throws -> [String] {
        try connection.rows(.doctorPermissions).map { try $0.text("table_name") }
    }

    /// Whether a date is a business day, how many follow it, and the last one there is.
    package func calendar(
        _ date: BusinessDate, pin: Int64
    ) throws -> (isBusinessDay: Bool, daysAfter: Int64, last: String?) {
        let row = try connection.one(.doctorCalendar, [.int64(pin), date.value])
        return (
            try row.bool("is_business_day"), try row.int64("business_days_after"),
            try row.textOrNull("last_business_day")
        )
    }

    /// Tables that had rows for the date before and have none for this one.
    package func missingInputs(_ date: BusinessDate, previous: BusinessDate) throws -> [String] {
        try connection.rows(.doctorInputs, [date.value, previous.value]).map { try $0.text("table_name") }
    }
}
