import Postgres
import Quantities

/// What `margin doctor` asks the database.
package struct HealthQueries {
    private let connection: Connection

    package init(_ connection: Connection) { self.connection = connection }

    /// Settings of the server by name, with its clock in seconds since 1970, the role and the sessions there are.
    package func server() throws -> [String: String] {
        var settings: [String: String] = [:]
        for row in try connection.rows(.doctorServer) { settings[try row.text("name")] = try row.text("setting") }
        return settings
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
