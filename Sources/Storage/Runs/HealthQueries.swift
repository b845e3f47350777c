import Postgres
import Quantities

/// What `margin doctor` asks the database.
package struct HealthQueries {
    private let connection: Connection

    package init(_ connection: Connection) { self.connection = connection }

    /// Settings of the server by name, with its clock in seconds since 1970, the role and the sessions there are.
    package func server() throws -> [String: String] {
        var settings: [String: String] = [:]
        for row in try connection.rows(.doctorServer) { settings[try row.text(0)] = try row.text(1) }
        return settings
    }

    /// Tables the role may not read and fill.
    package func forbiddenTables() throws -> [String] {
        try connection.rows(.doctorPermissions).map { try $0.text(0) }
    }

    /// Whether a date is a business day, how many follow it, and the last one there is.
    package func calendar(
        _ date: BusinessDate, pin: Int64
    ) throws -> (isBusinessDay: Bool, daysAfter: Int64, last: String?) {
        let row = try connection.one(.doctorCalendar, [.int64(pin), date.value])
        return (try row.bool(0), try row.int64(1), try row.textOrNull(2))
    }

    /// Tables that had rows for the date before and have none for this one.
    package func missingInputs(_ date: BusinessDate, previous: BusinessDate) throws -> [String] {
        try connection.rows(.doctorInputs, [date.value, previous.value]).map { try $0.text(0) }
    }
}
