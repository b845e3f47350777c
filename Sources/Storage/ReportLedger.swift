import ClearingModel
import Postgres
import Quantities

/// A report file as a run lists it: its own, or an earlier run's that says the same.
package struct ReportFileRow: Sendable {
    package let name: String
    package let report: String
    /// Empty for a report of the whole run.
    package let member: String
    package let format: String
    package let rowCount: Int64
    package let byteCount: Int64
    /// 32 bytes each: of the file, and of what it says whatever the run.
    package let sha256: [UInt8]
    package let content: [UInt8]
    /// The number of the run in whose folder the file stands.
    package let issuedBy: Int32
    /// The number of the run whose file it replaces.
    package let corrects: Int32?

    package init(
        name: String, report: String, member: String, format: String, rowCount: Int64, byteCount: Int64,
        sha256: [UInt8], content: [UInt8], issuedBy: Int32, corrects: Int32?
    ) {
        self.name = name
        self.report = report
        self.member = member
        self.format = format
        self.rowCount = rowCount
        self.byteCount = byteCount
        self.sha256 = sha256
        self.content = content
        self.issuedBy = issuedBy
        self.corrects = corrects
    }
}

/// The sum of a figure of one report; the member is empty for the house.
package struct ReportTotalRow: Sendable {
    package let report: String
    package let member: String
    package let figure: String
    package let currency: CurrencyCode
    package let amount: ExactDecimal
    package let rowCount: Int64

    package init(
        report: String, member: String, figure: String, currency: CurrencyCode, amount: ExactDecimal, rowCount: Int64
    ) {
        self.report = report
        self.member = member
        self.figure = figure
        self.currency = currency
        self.amount = amount
        self.rowCount = rowCount
    }
}

/// The list of a run's report files, and the totals taken while they were written.
package struct ReportLedger {
    private let connection: Connection

    package init(_ connection: Connection) { self.connection = connection }

    /// The files of a run, those it refers to among them; none of a run before their contents were kept.
    package func files(ofRun run: Int64) throws -> [ReportFileRow] {
        try connection.rows(.reportFilesOfRun, [.int64(run)]).map { row in
            ReportFileRow(
                name: try row.text(3), report: try row.text(0), member: try row.text(1), format: try row.text(2),
                rowCount: try row.int64(5), byteCount: try row.int64(6), sha256: try row.bytes(7),
                content: try row.bytes(8), issuedBy: try row.int32(4), corrects: try row.int32OrNull(9))
        }
    }

    /// The totals of a run's member reports, of whichever run wrote each.
    package func totals(ofRun run: Int64) throws -> [ReportTotalRow] {
        try connection.rows(.reportTotalsOfRun, [.int64(run)]).map { row in
            ReportTotalRow(
                report: try row.text(0), member: try row.text(1), figure: try row.text(2),
                currency: try row.currency(3), amount: try row.decimal(4), rowCount: try row.int64(5))
        }
    }

    /// Records a run's files, its manifest and its totals.
    package func save(
        _ files: [ReportFileRow], manifest: (name: String, sha256: [UInt8]), totals: [ReportTotalRow], run: Int64,
        number: Int32
    ) throws {
        try connection.copyIn(
            """
            copy margin.report_file (run_id, file_name, report, member, format, row_count, byte_count, sha256,
                content_sha256, issued_run_number, corrects_run_number) from stdin (format binary)
            """
        ) { writer in
            for file in files {
                try writer.row(11)
                writer.int64(run)
                for text in [file.name, file.report, file.member, file.format] { writer.text(text) }
                writer.int64(file.rowCount)
                writer.int64(file.byteCount)
                writer.bytea(file.sha256)
                writer.bytea(file.content)
                writer.int32(file.issuedBy)
                if let corrects = file.corrects { writer.int32(corrects) } else { writer.null() }
            }
        }
        try connection.execute(
            .insertReportFile,
            [
                .int64(run), .text(manifest.name), .text("manifest"), .text(""), .text("json"),
                .int64(Int64(files.count)), .int64(0), .bytea(manifest.sha256), .int32(number),
            ])
        try save(totals, run: run)
    }

    private func save(_ totals: [ReportTotalRow], run: Int64) throws {
        try connection.copyIn(
            """
            copy margin.report_total (run_id, report, member, figure, currency, amount, row_count)
                from stdin (format binary)
            """
        ) { writer in
            for total in totals {
                try writer.row(7)
                writer.int64(run)
                for text in [total.report, total.member, total.figure, total.currency.description] {
                    writer.text(text)
                }
                writer.decimal(total.amount)
                writer.int64(total.rowCount)
            }
        }
    }
}
