import ClearingModel
import Foundation
import Glibc
import Quantities
import Runtime
import Storage
import TextFiles

/// How the house stands, as a Prometheus textfile: the newest run of each cycle, and which night comes next.
package struct MetricsFile {
    /// A metric and what it says; every one is a gauge.
    package enum Metric: String, CaseIterable, Sendable {
        case lastSuccess = "margin_last_success_timestamp_seconds"
        case stageDuration = "margin_stage_duration_seconds"
        case stageRows = "margin_stage_rows"
        case stageFailed = "margin_stage_failed"
        case findings = "margin_findings"
        case marginRequired = "margin_required"
        case collateral = "margin_collateral"
        case called = "margin_called"
        case accountsCalled = "margin_accounts_called"
        case accounts = "margin_accounts"
        case businessDate = "margin_business_date_timestamp_seconds"
        case runNumber = "margin_run_number"
        case isPublished = "margin_run_published"
        case publishedRunNumber = "margin_published_run_number"
        case deadline = "margin_deadline_timestamp_seconds"
        case nextBusinessDate = "margin_next_business_date_timestamp_seconds"
        case nextDeadline = "margin_next_deadline_timestamp_seconds"

        /// One line for whoever reads the file.
        package var help: String {
            switch self {
            case .lastSuccess: "When a stage, or the publication (stage publish), last succeeded for any business date."
            case .stageDuration: "How long the newest execution of a stage took."
            case .stageRows: "Rows the newest execution of a stage wrote; findings of ingest, files of report."
            case .stageFailed: "1 if the newest execution of a stage failed or was abandoned, else 0."
            case .findings: "Findings of the data gates by severity; waived ones are not counted as block."
            case .marginRequired: "Requirements and add-ons in a call currency."
            case .collateral: "Value of collateral in a call currency."
            case .called: "Amount called in a call currency."
            case .accountsCalled: "Accounts called in a call currency."
            case .accounts: "Accounts with a call currency."
            case .businessDate: "Midnight UTC of the business date."
            case .runNumber: "The number of the newest run of the business date."
            case .isPublished:
                "1 if a run of the business date is published and stands, else 0; intraday the newest one."
            case .publishedRunNumber: "The number of the published run of the business date."
            case .deadline: "When the night of the business date must be published."
            case .nextBusinessDate: "Midnight UTC of the business date that follows the newest published one."
            case .nextDeadline: "When the night that follows the newest published one must be published."
            }
        }
    }

    private var samples: [Metric: [String]] = [:]

    /// Reads how the house stands: for each cycle the figures of the newest run of its newest business date, whichever
    /// command asks. `date` and `cycle` are that command's, and stand where there is no run at all.
    package static func load(_ date: BusinessDate, _ cycle: Cycle, from database: Database) throws -> MetricsFile {
        var file = MetricsFile()
        for success in try HealthQueries(database).lastSuccesses() {
            file.add(
                .lastSuccess, [("cycle", success.cycle), ("stage", success.stage)], success.at.text(decimals: 3))
        }
        let nights = try NewestRuns.byCycle(from: database)
        let published = nights[Cycle.endOfDay.rawValue]?.published
        let calendar = try BusinessCalendar.load(
            pinnedAt: try RunLedger(database).lastLoadSeen(), from: database)
        for other in Cycle.allCases {
            let newest = try newestDate(other, nights, calendar, from: database)
            if let shown = newest ?? (other == cycle ? date : nil) {
                try file.addRun(of: shown, other, from: database)
            }
        }
        let next = published.map { calendar.next(after: $0) } ?? (cycle == .endOfDay ? date : nil)
        if let next {
            let of = [("cycle", Cycle.endOfDay.rawValue)]
            file.add(.nextBusinessDate, of, "\(Self.midnight(next))")
            if let deadline = Deadline.configured {
                file.add(.nextDeadline, of, "\(deadline.secondsSince1970(next))")
            }
        }
        return file
    }

    /// The newest business date of a cycle: of a run that was not given up, or the one that is next after it or after
    /// the newest published night, where findings have stopped that one. A stopped run of any other date is of a date
    /// that was mistyped: it would stand before the night's own figures until that date comes.
    private static func newestDate(
        _ cycle: Cycle, _ nights: [String: NewestRuns], _ calendar: BusinessCalendar, from database: Database
    ) throws -> BusinessDate? {
        guard let own = nights[cycle.rawValue], let begun = own.begun else { return nil }
        guard let newest = own.withRun else { return begun }
        guard begun > newest else { return newest }
        let before = [newest, nights[Cycle.endOfDay.rawValue]?.published].compactMap(\.self)
        let next = before.compactMap { calendar.next(after: $0) }
        // Where the calendar ends, nothing says which date is next, and that is what stops the night.
        if next.count < before.count { return begun }
        let ledger = RunLedger(database)
        return try next.filter { try $0 > newest && ledger.newestRun($0, cycle: cycle) != nil }.max() ?? newest
    }

    /// Adds a date and the newest run of it and a cycle, if there is one.
    private mutating func addRun(of date: BusinessDate, _ cycle: Cycle, from database: Database) throws {
        let runs = try RunOverview.all(of: date, from: database).filter { $0.cycle == cycle }
        addDate(date, cycle)
        guard let run = runs.last else { return }
        let of = [("cycle", cycle.rawValue)]
        add(.runNumber, of, "\(run.run)")
        // Intraday runs stand beside each other; a night's rerun leaves the published run standing.
        let published = (cycle == .endOfDay ? runs : [run]).last { $0.status == .published }
        add(.isPublished, of, published == nil ? "0" : "1")
        if let published { add(.publishedRunNumber, of, "\(published.run)") }
        for stage in Stage.allCases {
            guard let last = run.executions.last(where: { $0.stage == stage }) else { continue }
            let labels = of + [("stage", stage.rawValue)]
            add(.stageDuration, labels, last.seconds)
            add(.stageFailed, labels, [.failed, .abandoned].contains(last.status) ? "1" : "0")
            if let rows = last.rows { add(.stageRows, labels, "\(rows)") }
        }
        for severity in ["block", "flag"] {
            let count = run.findings.filter { $0.severity == severity }.reduce(Int64(0)) { sum, rule in
                sum + rule.findings - (severity == "block" ? rule.waived : 0)
            }
            add(.findings, of + [("severity", severity)], "\(count)")
        }
        for calls in run.calls {
            let labels = of + [("currency", calls.currency)]
            add(.marginRequired, labels, calls.marginRequired)
            add(.collateral, labels, calls.collateral)
            add(.called, labels, calls.called)
            add(.accountsCalled, labels, "\(calls.accountsCalled)")
            add(.accounts, labels, "\(calls.accounts)")
        }
    }

    private mutating func addDate(_ date: BusinessDate, _ cycle: Cycle) {
        let of = [("cycle", cycle.rawValue)]
        add(.businessDate, of, "\(Self.midnight(date))")
        if let deadline = Deadline.configured { add(.deadline, of, "\(deadline.secondsSince1970(date))") }
    }

    /// Midnight UTC of a day, in seconds since 1970.
    private static func midnight(_ date: BusinessDate) -> Int64 {
        // 2000-01-01 was 946684800 seconds after 1970-01-01.
        946_684_800 + Int64(date.dayNumber) * 86_400
    }

    private mutating func add(_ metric: Metric, _ labels: [(String, String)], _ value: String) {
        let pairs = labels.map { "\($0.0)=\"\($0.1)\"" }.joined(separator: ",")
        samples[metric, default: []].append("\(metric.rawValue){\(pairs)} \(value)")
    }

    /// The file in the exposition format, metrics in the order of the list above.
    package var text: String {
        Metric.allCases.filter { samples[$0] != nil }.map { metric in
            "# HELP \(metric.rawValue) \(metric.help)\n# TYPE \(metric.rawValue) gauge\n"
                + (samples[metric] ?? []).joined(separator: "\n") + "\n"
        }.joined()
    }

    /// Writes the file aside, makes it durable and gives it its name in one step, so that a collector sees the old file
    /// or the new one.
    /// - Throws: `Failure` 73 if it cannot be made or something other than a file stands there, 74 if it cannot be
    ///   written to the end.
    package func write(to path: String) throws(Failure) {
        try Self.requireFile(path)
        do {
            try FileReplacement.write(Array(text.utf8), to: path)
        } catch {
            let isCreation = error.step != .write && !(error.step == .make && error.errno == ENOSPC)
            throw Failure(
                isCreation ? .cannotCreateReport : .cannotWriteReport,
                "the metrics file \(path) cannot be \(error.step.rawValue): \(systemText(error.errno))",
                hint: Failure.remedy(error.path, error.errno, elsewhere: "name another with --metrics")
                    + "; what is published stays")
        }
    }

    /// A file is replaced, and nothing else: root's rename would put it in the place of a device.
    private static func requireFile(_ path: String) throws(Failure) {
        var status = stat()
        guard unsafe lstat(path, &status) == 0 else { return }
        let kind =
            switch status.st_mode & S_IFMT {
            case S_IFREG: ""
            case S_IFLNK: "a link"
            case S_IFDIR: "a folder"
            case S_IFIFO: "a pipe"
            case S_IFSOCK: "a socket"
            default: "a device"
            }
        if kind.isEmpty { return }
        throw Failure(
            .cannotCreateReport, "the metrics file \(path) is not written: \(kind) stands there",
            hint: "name a file of a folder that the collector reads: --metrics FILE; what is published stays")
    }
}
