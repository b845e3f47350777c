import ClearingModel
import Digests

/// A report file of a run as it was issued, or referred to where an earlier run had issued it; the manifest is one.
package struct IssuedReport: Hashable, Sendable {
    /// The file's name, which ends in the number of the run that issued it.
    package let name: String
    package let report: String
    /// Nil for a file of the whole run.
    package let member: MemberCode?
    /// csv, html or json.
    package let format: String
    package let rowCount: Int64
    package let sha256: SHA256Digest

    package init(
        name: String, report: String, member: MemberCode?, format: String, rowCount: Int64, sha256: SHA256Digest
    ) {
        self.name = name
        self.report = report
        self.member = member
        self.format = format
        self.rowCount = rowCount
        self.sha256 = sha256
    }
}
