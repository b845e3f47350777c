import Digests
import Postgres
import Quantities
import Reporting
import Storage

/// A run's report files and totals between the ledger's rows and what Reporting calls them.
struct ReportFileStore {
    private let ledger: ReportLedger

    init(_ connection: Connection) { ledger = ReportLedger(connection) }

    /// The files of a run, those it refers to among them.
    func files(ofRun run: Int64) throws -> [ReportFileEntry] {
        try ledger.files(ofRun: run).map { row in
            guard let format = ReportFileEntry.Format(rawValue: row.format),
                let sha256 = SHA256Digest(bytes: row.sha256), let content = SHA256Digest(bytes: row.content)
            else { throw UnreadableValue(column: "format", value: row.format) }
            return ReportFileEntry(
                report: row.report, member: row.member.isEmpty ? nil : row.member, format: format, name: row.name,
                runNumber: row.issuedBy, rowCount: row.rowCount, byteCount: row.byteCount, sha256: sha256,
                content: content, corrects: row.corrects)
        }
    }

    /// The totals of a run's member reports.
    func totals(ofRun run: Int64) throws -> [ControlTotal] {
        try ledger.totals(ofRun: run).map { row in
            ControlTotal(
                report: row.report, member: row.member, figure: row.figure, currency: row.currency, amount: row.amount,
                rowCount: row.rowCount)
        }
    }

    /// Records the run's files, its manifest, and the totals of the members.
    func save(
        _ files: [ReportFileEntry], manifest: SHA256Digest, totals: [ControlTotal], of run: RunContext
    ) throws {
        try ledger.save(
            files.map { file in
                ReportFileRow(
                    name: file.name, report: file.report, member: file.member ?? "", format: file.format.rawValue,
                    rowCount: file.rowCount, byteCount: file.byteCount, sha256: file.sha256.bytes,
                    content: file.content.bytes, issuedBy: file.runNumber, corrects: file.corrects)
            }, manifest: (ReportFolder.manifestName, manifest.bytes),
            totals: totals.map { total in
                ReportTotalRow(
                    report: total.report, member: total.member ?? "", figure: total.figure, currency: total.currency,
                    amount: total.amount, rowCount: total.rowCount)
            }, run: run.run, number: run.number)
    }
}
