import Digests
import Quantities
import TextFiles

/// One report file as the manifest lists it.
package struct ReportFileEntry: Sendable, Hashable {
    /// How the file is written; the raw value is the end of its name.
    package enum Format: String, Sendable {
        case csv, html, json
    }

    package let report: String
    /// Nil for a report of the whole run.
    package let member: String?
    package let format: Format
    package let name: String
    /// The run in whose folder the file stands: an earlier one where the report's content has not changed since.
    package let runNumber: Int32
    package let rowCount: Int64
    package let byteCount: Int64
    package let sha256: SHA256Digest
    /// The digest of the report's columns and rows without the run columns: equal for equal content of any run.
    package let content: SHA256Digest
    /// The run whose file of this report and member this one replaces; nil where it is the first.
    package let corrects: Int32?

    package init(
        report: String, member: String?, format: Format, name: String, runNumber: Int32, rowCount: Int64,
        byteCount: Int64, sha256: SHA256Digest, content: SHA256Digest, corrects: Int32? = nil
    ) {
        self.report = report
        self.member = member
        self.format = format
        self.name = name
        self.runNumber = runNumber
        self.rowCount = rowCount
        self.byteCount = byteCount
        self.sha256 = sha256
        self.content = content
        self.corrects = corrects
    }

    var json: JSONValue {
        .object([
            "report": .text(report), "member": member.map(JSONValue.text) ?? .null, "format": .text(format.rawValue),
            "name": .text(name), "run_number": .integer(Int64(runNumber)), "rows": .integer(rowCount),
            "bytes": .integer(byteCount), "sha256": .text(sha256.description),
            "content_sha256": .text(content.description),
            "corrects_run_number": corrects.map { .integer(Int64($0)) } ?? .null,
        ])
    }
}

/// What a run's folder holds, or a member's folder in it: written last, so that a folder without it is unfinished.
struct ReportManifest {
    let header: RunHeader
    /// Whose folder it is; nil for the run's.
    var member: String? = nil
    /// The head of the audit chain; nil where there is none yet.
    var auditHead: SHA256Digest? = nil
    let files: [ReportFileEntry]
    /// Of the members' folders in the run's.
    var deliveries: [MemberManifest] = []
    /// Totals over all members, or the member's own.
    let totals: [ControlTotal]

    func append(to output: inout [UInt8]) {
        var members = header.members(for: member)
        if member == nil {
            members["members"] = .array(
                deliveries.map { delivery in
                    .object([
                        "member": .text(delivery.member), "manifest": .text(delivery.name),
                        "files": .integer(delivery.fileCount), "sha256": .text(delivery.sha256.description),
                    ])
                })
        }
        members["audit_head"] = auditHead.map { .text($0.description) } ?? .null
        members["files"] = .array(files.map(\.json))
        members["control_totals"] = .array(
            totals.map { total in
                .object([
                    "report": .text(total.report), "figure": .text(total.figure),
                    "currency": .text(total.currency.description), "total": .text(total.amount.plainText),
                    "rows": .integer(total.rowCount),
                ])
            })
        JSONValue.object(members).append(to: &output)
        output.append(UInt8(ascii: "\n"))
    }
}

extension ExactDecimal {
    /// The value with the decimals it carries.
    var plainText: String { text(decimals: scale) }
}
