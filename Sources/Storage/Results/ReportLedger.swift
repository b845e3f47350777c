import ClearingModel
import Digests
import Postgres
import Quantities
import Reporting
import Results

/// The list of a run's report files, and the totals taken while they were written.
package struct ReportLedger {
    let connection: Connection

    package init(_ connection: Connection) { self.connection = connection }

    /// The files of a run, those it refers to among them; none of a run before their contents were kept.
    /// - Throws: `UnreadableValue` for a format or digest that no program wrote.
    package func files(ofRun run: Int64) throws -> [ReportFileEntry] {
        try connection.rows(.reportFilesOfRun, [.int64(run)]).map { row in
            let member = try row.text("member")
            return ReportFileEntry(
                report: try row.text("report"), member: member.isEmpty ? nil : member, format: try row.choice("format"),
                name: try row.text("file_name"), runNumber: try row.int32("issued_run_number"),
                rowCount: try row.int64("row_count"),
                byteCount: try row.int64("byte_count"), sha256: try row.digest("sha256"),
                content: try row.digest("content_sha256"),
                corrects: try row.int32OrNull("corrects_run_number"))
        }
    }

    /// Every report file of a run as it was issued, the manifest among them: those of the whole run first, then each
    /// member's, in the order of report and format.
    /// - Throws: `UnreadableValue` for a digest that no program wrote.
    package func issuedReports(ofRun run: Int64) throws -> [IssuedReport] {
        try connection.rows(.showReportFiles, [.int64(run)]).map { row in
            let member = try row.text("member")
            return IssuedReport(
                name: try row.text("file_name"), report: try row.text("report"),
                member: member.isEmpty ? nil : MemberCode(member), format: try row.text("format"),
                rowCount: try row.int64("row_count"), sha256: try row.digest("sha256"))
        }
    }

    /// The totals of a run's member reports, of whichever run wrote each; `files` are the run's.
    package func totals(ofRun run: Int64, _ files: [ReportFileEntry]) throws -> [ControlTotal] {
        let issued = Set(files.map { "\($0.runNumber) \($0.report) \($0.member ?? "")" })
        return try connection.rows(.reportTotalsOfRun, [.int64(run)]).compactMap { row in
            let (report, member) = (try row.text("report"), try row.text("member"))
            guard issued.contains("\(try row.int32("run_number")) \(report) \(member)") else { return nil }
            return ControlTotal(
                report: report, member: member, figure: try row.text("figure"), currency: try row.currency("currency"),
                amount: try row.decimal("amount"), rowCount: try row.int64("row_count"))
        }
    }

    /// Records a run's files, its manifest and those of the members' folders, and the totals of the members.
    package func save(
        _ sealed: ReportFolder.Sealed, totals: [ControlTotal], run: Int64, number: Int32
    ) throws {
        try connection.copyIn(
            """
            copy margin.report_file (run_id, file_name, report, member, format, row_count, byte_count, sha256,
                content_sha256, issued_run_number, corrects_run_number) from stdin (format binary)
            """
        ) { writer in
            for file in sealed.files {
                try writer.row(11)
                writer.int64(run)
                for text in [file.name, file.report, file.member ?? "", file.format.rawValue] { writer.text(text) }
                writer.int64(file.rowCount)
                writer.int64(file.byteCount)
                writer.bytea(file.sha256.bytes)
                writer.bytea(file.content.bytes)
                writer.int32(file.runNumber)
                if let corrects = file.corrects { writer.int32(corrects) } else { writer.null() }
            }
        }
        try save(
            manifest: ReportFolder.manifestName, of: "", listing: Int64(sealed.files.count), sealed.manifest, run,
            number)
        for delivery in sealed.deliveries {
            try save(
                manifest: delivery.name, of: delivery.member, listing: delivery.fileCount, delivery.sha256, run, number)
        }
        try save(totals, run: run)
    }

    private func save(
        manifest name: String, of member: String, listing files: Int64, _ digest: SHA256Digest, _ run: Int64,
        _ number: Int32
    ) throws {
        try connection.execute(
            .insertReportFile,
            [
                .int64(run), .text(name), .text("manifest"), .text(member), .text("json"), .int64(files), .int64(0),
                .bytea(digest.bytes), .int32(number),
            ])
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
                writer.decimal(total.amount)
                writer.int64(total.rowCount)
            }
        }
    }
}

extension Row {
    fileprivate func digest(_ column: Column) throws -> SHA256Digest {
        guard let digest = SHA256Digest(bytes: try bytes(column)) else {
            throw UnreadableValue(column: "\(column)", value: "other than 32 bytes")
        }
        return digest
    }
}
