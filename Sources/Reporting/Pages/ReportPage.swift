/// A page that is issued as one file beside the CSV and JSON of a run.
package struct ReportPage: Sendable {
    /// The page's part of its file's name: lower-case words joined by hyphens.
    package let name: String
    /// The member it is for; nil for a page of the run.
    package let member: String?
    package let bytes: [UInt8]
    /// Where in `bytes` the run's number stands, the one thing that is no content.
    package let runPart: Range<Int>
    /// Rows of its tables.
    package let rowCount: Int64

    package init(name: String, member: String? = nil, bytes: [UInt8], runPart: Range<Int>, rowCount: Int64) {
        self.name = name
        self.member = member
        self.bytes = bytes
        self.runPart = runPart
        self.rowCount = rowCount
    }
}
