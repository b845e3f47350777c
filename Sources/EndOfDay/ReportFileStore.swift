import ClearingModel
import Digests
import Postgres
import Quantities
import Reporting
import Storage

/// The list of a run's report files, and the totals taken while they were written.
struct ReportFileStore {
    private let connection: Connection

    init(_ connection: Connection) { self.connection = connection }

    /// The files of a run, those it refers to among them.
    func files(ofRun run: Int64) throws -> [ReportFileEntry] {
        try connection.rows(.reportFilesOfRun, [.int64(run)]).compactMap { row in
            let member = try row.text(1)
            guard let format = ReportFileEntry.Format(rawValue: try row.text(2)),
                let sha256 = SHA256Digest(bytes: try row.bytes(7)), let content = SHA256Digest(bytes: try row.bytes(8))
            else { return nil }
            return ReportFileEntry(
                report: try row.text(0), member: member.isEmpty ? nil : member, format: format, name: try row.text(3),
                runNumber: try row.int32(4), rowCount: try row.int64(5), byteCount: try row.int64(6), sha256: sha256,
                content: content, corrects: try row.int32OrNull(9))
        }
    }

    /// The totals of a run's member reports.
    func totals(ofRun run: Int64) throws -> [ControlTotal] {
        try connection.rows(.reportTotalsOfRun, [.int64(run)]).map { row in
            let amount = try row.numeric(4)
            guard let currency = CurrencyCode(try row.text(3)) else {
                throw UnreadableValue(column: "currency", value: try row.text(3))
            }
            return ControlTotal(
                report: try row.text(0), member: try row.text(1), figure: try row.text(2), currency: currency,
                amount: ExactDecimal(mantissa: amount.unscaled, scale: amount.scale), rowCount: try row.int64(5))
        }
    }

    /// Records the run's files, its manifest, and the totals of the members.
    func save(
        _ files: [ReportFileEntry], manifest: SHA256Digest, totals: [ControlTotal], of run: RunContext
    ) throws {
        try connection.copyIn(
            """
            copy margin.report_file (run_id, file_name, report, member, format, row_count, byte_count, sha256,
                content_sha256, issued_run_number, corrects_run_number) from stdin (format binary)
            """
        ) { writer in
            for file in files {
                try writer.row(11)
                writer.int64(run.run)
                for text in [file.name, file.report, file.member ?? "", file.format.rawValue] { writer.text(text) }
                writer.int64(file.rowCount)
                writer.int64(file.byteCount)
                writer.bytea(file.sha256.bytes)
                writer.bytea(file.content.bytes)
                writer.int32(file.runNumber)
                if let corrects = file.corrects { writer.int32(corrects) } else { writer.null() }
            }
        }
        try connection.execute(
            .insertReportFile,
            [
                .int64(run.run), .text(ReportFolder.manifestName), .text("manifest"), .text(""), .text("json"),
                .int64(Int64(files.count)), .int64(0), .bytea(manifest.bytes), .int32(run.number),
            ])
        try save(totals, run: run.run)
    }

    private func save(_ totals: [ControlTotal], run: Int64) throws {
        try connection.copyIn(
            """
            copy margin.report_total (run_id, report, member, figure, currency, amount, row_count)
                from stdin (format binary)
            """
        ) { writer in
            for total in totals {
                try writer.row(7)
                writer.int64(run)
                for text in [total.report, total.member ?? "", total.figure, total.currency.description] {
                    writer.text(text)
                }
                writer.numeric(unscaled: total.amount.mantissa, scale: total.amount.scale)
                writer.int64(total.rowCount)
            }
        }
    }
}
