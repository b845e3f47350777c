import ClearingModel
import Foundation
import Glibc
import Quantities
import Runtime
import Storage

/// Looks at everything a night rests on, one line a check.
package struct Doctor {
    /// One check and what it found.
    package struct Check: Encodable {
        /// How a check came out.
        package enum State: String, Encodable {
            case ok, warning
            case fails = "FAIL"
        }

        package let check: String
        package let state: State
        /// What there is, in words.
        package let found: String
        /// What to do about it; nil where nothing is.
        package let advice: String?

        package var line: String {
            "\(state.rawValue)\(String(repeating: " ", count: 8 - state.rawValue.count))\(check): \(found)"
                + (advice.map { "\n        hint: \($0)" } ?? "")
        }
    }

    private(set) package var checks: [Check] = []

    /// What kept the doctor from its checks: 69 where no server answers, 78 where no program goes on with it.
    private(set) package var refusal: ExitCode?

    package init() {}

    package var hasFailed: Bool { checks.contains { $0.state == .fails } }

    /// Checks that the server answers at all; nil, with the reason among the checks, if it does not.
    package mutating func connect() async -> Database? {
        do {
            let session = try await Session.start(making: true)
            let database = try session.connect()
            ok("server", "PostgreSQL \(database.serverRelease), \(session.description)")
            checkPooler(try session.pooling(of: database))
            return database
        } catch {
            let failure = Failure(error)
            refusal = [.databaseUnavailable, .configuration].contains(failure.exitCode) ? failure.exitCode : nil
            fails("server", failure.message, failure.hint ?? "see that the server runs and lets this user in")
            return nil
        }
    }

    /// A pooler that does not keep sessions together has refused the connection.
    private mutating func checkPooler(_ pooling: Pooling) {
        switch pooling {
        case .none, .transaction, .statement: break
        case .session: ok("pooler", "one stands before the server and keeps a session together")
        case .unknown:
            warn(
                "pooler", "one stands before the server; a second connection to find out its mode was not to be had",
                "see that its pool_mode is session, or name the server itself")
        }
    }

    /// Checks server, schema, role, disk, clock, zones and schedules, and the calendar and inputs of a date if one is
    /// named.
    package mutating func examine(
        _ database: Database, date: BusinessDate?, reports: String, schedules: [String] = []
    ) throws {
        let queries = HealthQueries(database)
        let server = try queries.server()
        checkSettings(server)
        checkClock(server)
        let isCurrent = checkSchema(database)
        if isCurrent {
            let forbidden = try queries.forbiddenTables()
            let role = server["role"] ?? "?"
            if forbidden.isEmpty {
                ok("role", "\(role) may read and fill every table")
            } else {
                fails(
                    "role", "\(role) may not read and fill \(forbidden.prefix(5).joined(separator: ", "))",
                    "have the owner grant usage on schema margin, and select and insert on its tables")
            }
        }
        checkDisk("disk of the database", server["data_directory"])
        checkReports(reports)
        if Deadline.configured == nil {
            warn("deadline", "none is set", "set MARGIN_DEADLINE, such as 20:30 Europe/Paris")
        } else {
            ok("deadline", Settings.current.value(.deadline))
        }
        try checkSchedule(files: schedules, database: isCurrent ? database : nil)
        if isCurrent { try checkLinks(date, reports, database) }
        guard isCurrent, let date else { return }
        try checkDate(date, queries, database)
    }

    private mutating func checkSchema(_ database: Database) -> Bool {
        do {
            try SchemaInstaller(database).requireCurrent()
            ok("schema", "release \(Schema.current.release)")
            return true
        } catch {
            let failure = Failure(error)
            fails("schema", failure.message, failure.hint ?? "margin migrate")
            return false
        }
    }

    private mutating func checkReports(_ reports: String) {
        let path = URL(fileURLWithPath: reports).path
        let kind = try? URL(fileURLWithPath: path).resourceValues(forKeys: [.isDirectoryKey]).isDirectory
        if kind == false {
            return fails("reports folder", "\(path) is a file", "remove it, or name another: --reports DIR")
        }
        guard kind == true else {
            let parent = URL(fileURLWithPath: path).deletingLastPathComponent().path
            if unsafe access(parent, W_OK) == 0 {
                ok("reports folder", "\(path) will be made by the first night")
            } else {
                fails(
                    "reports folder", "\(path) is not there and cannot be made",
                    "make it, or name another: --reports DIR")
            }
            return
        }
        guard unsafe access(path, W_OK | X_OK) == 0 else {
            fails(
                "reports folder", "\(path) cannot be written", "see its owner and mode, or name another: --reports DIR")
            return
        }
        ok("reports folder", path)
        checkDisk("disk of the reports", path)
    }

    /// Free space where a folder is: 5 % or 1 GB left is a warning, 1 % or 100 MB a failure.
    private mutating func checkDisk(_ check: String, _ folder: String?) {
        var space = statvfs()
        guard let folder, unsafe statvfs(folder, &space) == 0, space.f_blocks > 0 else {
            let found =
                folder.map { "\($0) is not to be seen from here" } ?? "the server does not say where its files are"
            warn(check, found, "look at it on the server's machine")
            return
        }
        let free = Double(space.f_bavail) * Double(space.f_frsize) / 1e6
        let share = 100 * Double(space.f_bavail) / Double(space.f_blocks)
        let found = String(format: "%.0f MB free, %.0f %%, at ", free, share) + folder
        let advice = "make room: a night that cannot write ends with 74"
        if free < 100 || share < 1 {
            fails(check, found, advice)
        } else if free < 1_000 || share < 5 {
            warn(check, found, advice)
        } else {
            ok(check, found)
        }
    }

    private mutating func checkDate(_ date: BusinessDate, _ queries: HealthQueries, _ database: Database) throws {
        if let archive = try ArchiveStore(database).archive(holding: date) {
            return fails(
                "inputs", "\(date) is archived in \(archive.folder)", "margin archive --restore \(archive.folder)")
        }
        let ledger = RunLedger(database)
        let load = try ledger.lastLoadSeen()
        let calendar = try queries.calendar(date, pin: load)
        let wanted = Int64(Settings.current.number(.calendarDays))
        let extend = "load them: margin load calendar_date FILE.csv"
        if !calendar.isBusinessDay {
            fails("calendar", "\(date) is no business day of it", "another date, or \(extend)")
        } else if calendar.daysAfter == 0 {
            fails("calendar", "it ends on \(date): calls have no due date", extend)
        } else if calendar.daysAfter < wanted {
            warn(
                "calendar", "\(plural(calendar.daysAfter, "business day")) after \(date), \(wanted) are wanted", extend
            )
        } else {
            ok("calendar", "\(date) is a business day, the last one is \(calendar.last ?? "none")")
        }
        let days = try BusinessCalendar.load(pinnedAt: load, from: database)
        guard let previous = days.previous(before: date) else {
            return ok("inputs", "\(date) is the first business day: there is none to compare with")
        }
        let missing = try queries.missingInputs(date, previous: previous)
        if missing.isEmpty {
            ok("inputs", "every table with rows of \(previous) has rows of \(date)")
        } else {
            warn(
                "inputs", "no rows of \(date) in \(missing.joined(separator: ", ")), which have rows of \(previous)",
                "margin load \(missing[0]) FILE.csv, unless there is nothing to load")
        }
    }

    mutating func ok(_ check: String, _ found: String) {
        checks.append(Check(check: check, state: .ok, found: found, advice: nil))
    }

    mutating func warn(_ check: String, _ found: String, _ advice: String) {
        checks.append(Check(check: check, state: .warning, found: found, advice: advice))
    }

    mutating func fails(_ check: String, _ found: String, _ advice: String) {
        checks.append(Check(check: check, state: .fails, found: found, advice: advice))
    }
}
