import Foundation
import Glibc
import Postgres
import Quantities
import Storage

/// What a night came to, as a Prometheus textfile: the figures of the newest run of a business date and cycle.
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
        case deadline = "margin_deadline_timestamp_seconds"

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
            case .isPublished: "1 if the newest run of the business date is published, else 0."
            case .deadline: "When the night must be published."
            }
        }
    }

    private var samples: [Metric: [String]] = [:]

    /// Reads the figures of the newest run of a date and cycle that there is.
    package static func load(_ date: BusinessDate, _ cycle: Cycle, from connection: Connection) throws -> MetricsFile {
        var file = MetricsFile()
        for row in try connection.rows(.metricsLastSuccess) {
            let at = try row.numeric(2)
            file.add(
                .lastSuccess, [("cycle", try row.text(0)), ("stage", try row.text(1))],
                ExactDecimal(mantissa: at.unscaled, scale: at.scale).text(decimals: 3))
        }
        let of = [("cycle", cycle.rawValue)]
        // 2000-01-01 was 946684800 seconds after 1970-01-01.
        file.add(.businessDate, of, "\(946_684_800 + Int64(date.dayNumber) * 86_400)")
        if let deadline = Deadline.configured { file.add(.deadline, of, "\(deadline.secondsSince1970(date))") }
        let runs = try RunOverview.all(of: date, from: connection).filter { $0.cycle == cycle.rawValue }
        guard let run = runs.last else { return file }
        file.add(.runNumber, of, "\(run.run)")
        file.add(.isPublished, of, run.status == "published" ? "1" : "0")
        for stage in Stage.allCases {
            guard let last = run.executions.last(where: { $0.stage == stage.rawValue }) else { continue }
            let labels = of + [("stage", stage.rawValue)]
            file.add(.stageDuration, labels, last.seconds)
            file.add(.stageFailed, labels, ["failed", "abandoned"].contains(last.status) ? "1" : "0")
            if let rows = last.rows { file.add(.stageRows, labels, "\(rows)") }
        }
        for severity in ["block", "flag"] {
            let count = run.findings.filter { $0.severity == severity }.reduce(Int64(0)) { sum, rule in
                sum + rule.findings - (severity == "block" ? rule.waived : 0)
            }
            file.add(.findings, of + [("severity", severity)], "\(count)")
        }
        for calls in run.calls {
            let labels = of + [("currency", calls.currency)]
            file.add(.marginRequired, labels, calls.marginRequired)
            file.add(.collateral, labels, calls.collateral)
            file.add(.called, labels, calls.called)
            file.add(.accountsCalled, labels, "\(calls.accountsCalled)")
            file.add(.accounts, labels, "\(calls.accounts)")
        }
        return file
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
    /// - Throws: `Failure` 73 if it cannot be made, 74 if it cannot be written to the end.
    package func write(to path: String) throws(Failure) {
        let aside = "\(path).\(ProcessInfo.processInfo.processIdentifier).new"
        func failure(_ code: ExitCode, _ what: String) -> Failure {
            let reason = Failure.words(POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO))
            _ = unsafe unlink(aside)
            return Failure(
                code, "the metrics file \(path) cannot be \(what): \(reason)",
                hint: "make room for it, or name another with --metrics, and start again: what is published stays")
        }
        let descriptor = unsafe open(aside, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw failure(errno == ENOSPC ? .cannotWriteReport : .cannotCreateReport, "made") }
        var bytes = ArraySlice(text.utf8)
        while !bytes.isEmpty {
            let count = unsafe bytes.withUnsafeBytes { unsafe Glibc.write(descriptor, $0.baseAddress, $0.count) }
            guard count > 0 else {
                close(descriptor)
                throw failure(.cannotWriteReport, "written")
            }
            bytes = bytes.dropFirst(count)
        }
        let isDurable = fsync(descriptor) == 0
        guard close(descriptor) == 0, isDurable else { throw failure(.cannotWriteReport, "written") }
        guard unsafe rename(aside, path) == 0 else { throw failure(.cannotCreateReport, "put in its place") }
    }
}
